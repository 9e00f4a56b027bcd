"""Tests of what needs no trained weights: `python -m unittest test_training` in this folder."""

import json
import os
import random
import tempfile
import unittest

import numpy as np
import torch

import corpus
from encoder import Encoder
from model import FORBIDDEN, Branch, Model, PairHead, allowed_tensor, load_weights, shape_of
from names import Names, surfaces_of
from pipeline import TAGS, cluster, folded, viterbi
from samples import Sample, samples, sentences_of
from text import Vocabulary, normalise, words
from train import free_port, summed
from windows import fill, varied

ARTICLE = """# xx-1 lang=fr date=2020-01-02 topic=cyber
@e1 PublicBody Europol
@e2 Platform Telegram
@e3 Person Jean Tart

[Europol](e1) aide [Telegram](e2).
> e1 SUPPORTED e2; e1 COOPERATED_WITH e2 ?reported

L’[agence](~e1) n'a pas arrêté [Jean Tart](e3).
> e1 ARRESTED e3 !
Parmi eux, [Telegram](e2).
> e3 USED e2 ^1 ?alleged
"""

DONOR = """# xx-2 lang=fr date=2021-01-02 topic=cyber
@e1 PublicBody Eurojust
@e2 Platform Signal
@e3 Person Anne Berg

[Eurojust](e1) et [Signal](e2).
[Anne Berg](e3) parle.
"""


def vocabulary():
    letters = sorted({c for c in ARTICLE} | set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéàè'\".,;-0123456789"))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁Euro", "pol", "Euro"] + letters
    return Vocabulary(pieces, [0, 0, 0, 0, -3.0, -4.0, -4.0, -5.0] + [-6.0] * len(letters), {"cls": 0, "pad": 1, "sep": 2, "unknown": 3}, -20.0)


class Text(unittest.TestCase):
    def test_composed_and_decomposed_typographic_and_plain_give_the_same_words(self):
        plain = [(w, s) for _, _, w, s in words("l'été \"noir\" a b")]
        self.assertEqual(plain, [(w, s) for _, _, w, s in words("l’e\u0301te\u0301 «noir» a\u00a0b")])
        self.assertEqual(plain, [(w, s) for _, _, w, s in words("l'é\u200bté “noir” a\u202fb\ufeff")])

    def test_every_word_is_the_slice_that_its_offsets_give(self):
        rng = random.Random(3)
        alphabet = "aé’«» \u00a0\u200b\u0301…ﬁ½😀\n-x"
        for _ in range(300):
            text = "".join(rng.choice(alphabet) for _ in range(30))
            last = 0
            for a, b, word, _ in words(text):
                self.assertLess(a, b)
                self.assertLessEqual(a, len(text))
                plain = normalise(text[a:b])[0].strip()
                self.assertIn(word, plain)
                self.assertGreaterEqual(a, last if plain == word else 0)
                last = a

    def test_the_split_of_a_word_is_the_most_probable_one(self):
        v = vocabulary()
        self.assertEqual([v.pieces[i] for i in v.pieces_of("Europol", True)], ["▁Euro", "pol"])
        self.assertEqual([v.pieces[i] for i in v.pieces_of("Europol", False)], ["Euro", "pol"])
        self.assertEqual(v.pieces_of("漢", False), [v.unknown])


class Articles(unittest.TestCase):
    def test_an_article_gives_its_mentions_and_marks(self):
        a = corpus.parse_article(ARTICLE)
        self.assertEqual(corpus.plain_text(a), "Europol aide Telegram.\n\nL’agence n'a pas arrêté Jean Tart.\nParmi eux, Telegram.")
        self.assertEqual(a["sentences"][1]["relations"], [{"subject": "e1", "type": "ARRESTED", "object": "e3", "polarity": "negated", "modality": "asserted",
                                                           "former": False, "date": None, "before": 0}])

    def test_a_sample_labels_both_directions_of_a_symmetric_relationship_and_pairs_across_sentences(self):
        v, a = vocabulary(), corpus.parse_article(ARTICLE)
        relations = ["SUPPORTED", "COOPERATED_WITH", "ARRESTED", "USED"]
        window = next(fill(sentences_of(a, v)))
        s = Sample(window, a, relations, {"COOPERATED_WITH"})
        named = {(s.mentions[i].entity, s.mentions[j].entity, across, relations[k]) for g, k in s.positives
                 for (i, j, _, across, _), group in zip(s.pairs, s.group_of) if group == g}
        self.assertEqual(named, {("e1", "e2", 0, "SUPPORTED"), ("e1", "e2", 0, "COOPERATED_WITH"), ("e2", "e1", 0, "COOPERATED_WITH"), ("e1", "e3", 0, "ARRESTED"), ("e3", "e2", 1, "USED")})
        self.assertEqual(s.missed, 0)
        self.assertEqual([s.ids[m.start] for m in s.mentions][0], v.index["▁Euro"])
        self.assertEqual(sum(s.antecedent_right), 1)

    def test_varied_windows_hold_every_sentence_once(self):
        v, a = vocabulary(), corpus.parse_article(ARTICLE)
        sentences = sentences_of(a, v)
        for seed in range(20):
            self.assertEqual([s for w in varied(sentences, random.Random(seed)) for s in w], sentences)


    def test_articles_of_a_further_folder_join_train_unless_a_split_names_them(self):
        with tempfile.TemporaryDirectory() as corpora, tempfile.TemporaryDirectory() as more:
            def write(folder, name):
                with open(os.path.join(folder, name + ".ann.md"), "w", encoding="utf-8") as f:
                    f.write(ARTICLE.replace("xx-1", name))
            for name in ("a", "b", "c"):
                write(corpora, name)
            for name in ("b", "c", "d"):
                write(more, name)
            with open(os.path.join(corpora, "SPLITS.json"), "w", encoding="utf-8") as f:
                json.dump({"train": ["a"], "dev": ["b"], "test": ["c"]}, f)
            self.assertEqual({k: [a["id"] for a in v] for k, v in corpus.fil_rouge(corpora, more).items()}, {"train": ["a", "d"], "dev": ["b"], "test": ["c"]})


class OtherNames(unittest.TestCase):
    def setUp(self):
        self.article, self.donor = corpus.parse_article(ARTICLE), corpus.parse_article(DONOR)

    def test_an_entity_has_the_same_new_name_everywhere_and_mentions_stay_slices(self):
        names = Names([self.donor])
        seen = set()
        for seed in range(30):
            new = names.swapped(self.article, random.Random(seed), 1.0)
            self.assertEqual([[s["text"][m["start"]:m["end"]] for m in s["mentions"]] for s in new["sentences"]][1][0], "agence")
            texts = {e: set(s) for e, s in surfaces_of(new).items()}
            self.assertEqual({e: len(t) for e, t in texts.items()}, {"e1": 1, "e2": 1, "e3": 1})
            seen.add(tuple(min(texts[e]) for e in ("e1", "e2", "e3")))
            self.assertEqual([s["relations"] for s in new["sentences"]], [s["relations"] for s in self.article["sentences"]])
        self.assertEqual(seen, {("Eurojust", "Signal", "Jean Berg")})
        self.assertEqual(corpus.plain_text(self.article).split("\n")[0], "Europol aide Telegram.")

    def test_a_name_that_elides_is_not_replaced_by_one_that_does_not(self):
        other = corpus.parse_article(DONOR.replace("Eurojust", "Interpol").replace("[Signal]", "la [Signal]").replace("Anne Berg", "Anne Ivo"))
        new = Names([other]).swapped(self.article, random.Random(1), 1.0)
        self.assertEqual([s["text"] for s in new["sentences"]], ["Interpol aide Telegram.", "L’agence n'a pas arrêté Jean Tart.", "Parmi eux, Telegram."])

    def test_an_article_is_no_donor_of_its_own(self):
        new = Names([self.article]).swapped(self.article, random.Random(1), 1.0)
        self.assertEqual(new["sentences"], self.article["sentences"])

    def test_samples_read_the_new_names_and_leave_the_article_as_it_was(self):
        v = vocabulary()
        read = lambda swap: samples([self.article], v, ["SUPPORTED", "COOPERATED_WITH", "ARRESTED", "USED"], set(), random.Random(6), 0.0, Names([self.donor]), swap)
        plain, other = read(0.0), read(1.0)
        self.assertNotEqual([s.ids for s in plain], [s.ids for s in other])
        self.assertEqual([s.ids for s in plain], [s.ids for s in read(0.0)])
        self.assertEqual([[m.type for m in s.mentions] for s in plain], [[m.type for m in s.mentions] for s in other])


def shared_gradient(rank, port, path):
    """What one of two processes holds after `summed`: its own gradients are rank + 1, and the second parameter of the first process has none."""
    torch.distributed.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=2)
    a, b = torch.nn.Parameter(torch.zeros(2, 3)), torch.nn.Parameter(torch.zeros(4))
    a.grad = torch.full((2, 3), rank + 1.0)
    if rank:
        b.grad = torch.arange(4.0)
    seconds = summed([a, b], 0.5)
    torch.save((a.grad, b.grad, seconds), f"{path}.{rank}")
    torch.distributed.destroy_process_group()


class Processes(unittest.TestCase):
    def test_every_process_holds_the_sum_of_all_gradients(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "gradients")
            torch.multiprocessing.spawn(shared_gradient, (free_port(), path), 2)
            for rank in range(2):
                a, b, seconds = torch.load(f"{path}.{rank}")
                self.assertEqual((a.tolist(), b.tolist(), seconds), ([[3.0] * 3] * 2, [0.0, 1.0, 2.0, 3.0], 1.0))


class Decoding(unittest.TestCase):
    def test_no_inside_tag_follows_anything_but_its_own_kind(self):
        rng = np.random.default_rng(0)
        for _ in range(50):
            tags = [TAGS[i] for i in viterbi(np.log(rng.dirichlet(np.ones(len(TAGS)) * 0.05, 12) + 1e-9))]
            for before, tag in zip(["O"] + tags, tags):
                if tag.startswith("I-"):
                    self.assertIn(before, ("B" + tag[1:], tag))

    def test_folding_ignores_case_accents_and_possessives(self):
        self.assertEqual(folded("État-major’s"), folded("ETAT MAJOR"))

    def test_surnames_and_acronyms_join_their_long_forms(self):
        text = "Jean Tart dirige l'Agence du numérique (ADN). Tart et ADN."
        mentions = []
        for surface, kind, at in (("Jean Tart", 0, 0), ("Agence du numérique", 2, 19), ("ADN", 2, 40), ("Tart", 0, 46), ("ADN", 1, 54)):
            m = type("M", (), {})()
            m.surface, m.named, m.text_start, m.text_end = surface, True, at, at + len(surface)
            self.assertEqual(text[at:m.text_end], surface)
            m.distribution = np.full(11, 0.02)
            m.distribution[kind] = 0.8
            mentions.append(m)
        cluster(mentions, text)
        self.assertEqual([m.entity for m in mentions], [0, 1, 1, 0, 1])
        self.assertEqual([m.type for m in mentions], [0, 2, 2, 0, 2])


class Head(unittest.TestCase):
    def test_what_the_ontology_forbids_is_never_probable(self):
        torch.manual_seed(0)
        head = PairHead(allowed_tensor(["A"], {(x, y): ({"A"} if (x, y) == ("Person", "Place") else set()) for x in corpus.TYPES for y in corpus.TYPES}), 1).eval()
        ints = lambda *v: torch.tensor(v)
        out = head(torch.randn(9, 384), torch.randn(2, 3 * 384), ints(1, 4), ints(2, 4), ints(0, 7), ints(0, 1), ints(1, 0), ints(1, 7, 1, 7).view(2, 2), ints(0, 0), ints(0), ints(1))
        self.assertGreater(out[0][0, 0].item(), FORBIDDEN)
        self.assertEqual(out[0][1, 0].item(), FORBIDDEN)
        self.assertEqual([tuple(o.shape) for o in out], [(2, 1), (2, 2), (2, 5), (2, 2), (1,)])

    def branches(self):
        for markers in (False, True):
            torch.manual_seed(0)
            branch = Branch(2, markers, 24, 2, 48).eval()
            for e in (branch.first, branch.inside, branch.edges):
                if e is not None:
                    torch.nn.init.normal_(e.weight)
            yield branch

    def test_padding_changes_nothing_of_what_the_branch_reads(self):
        ints = lambda *v: torch.tensor(v)
        for branch in self.branches():
            states = torch.randn(1, 7, 24)
            inside = torch.zeros(1, 2, 7)
            inside[0, 0, 1:3], inside[0, 1, 5] = 1, 1
            alone = branch(states, torch.zeros(1, 1, 1, 7), inside, ints([0, 14]), ints([1, 5]), ints([2, 5]), ints([1, 1]))
            wide = torch.zeros(1, 4, 10)
            wide[:, :2, :7] = inside
            bias = torch.zeros(1, 1, 1, 10)
            bias[..., 7:] = -1e4
            padded = branch(torch.cat([states, torch.randn(1, 3, 24)], 1), bias, wide, ints([0, 14, 0, 0]), ints([1, 5, 0, 0]), ints([2, 5, 0, 0]), ints([1, 1, 0, 0]))
            torch.testing.assert_close(padded[0][:, :7], alone[0])
            torch.testing.assert_close(padded[1][:, :2], alone[1])

    def test_a_mention_reads_the_types_of_the_mentions_around_it(self):
        ints = lambda *v: torch.tensor(v)
        for branch in self.branches():
            states, inside = torch.randn(1, 7, 24), torch.zeros(1, 2, 7)
            inside[0, 0, 1:3], inside[0, 1, 5] = 1, 1
            read = lambda kind: branch(states, torch.zeros(1, 1, 1, 7), inside, ints([0, kind]), ints([1, 5]), ints([2, 5]), ints([1, 1]))[1][0, 0]
            self.assertGreater((read(3) - read(14)).abs().max().item(), 1e-3)

    def test_the_text_does_not_see_the_markers(self):
        *_, branch = self.branches()
        ints = lambda *v: torch.tensor(v)
        states, inside = torch.randn(1, 7, 24), torch.zeros(1, 2, 7)
        inside[0, 0, 1:3], inside[0, 1, 5] = 1, 1
        read = lambda: branch(states, torch.zeros(1, 1, 1, 7), inside, ints([0, 14]), ints([1, 5]), ints([2, 5]), ints([1, 1]))
        text, spans = read()
        torch.nn.init.normal_(branch.edges.weight)
        other_text, other_spans = read()
        torch.testing.assert_close(text, other_text)
        self.assertGreater((spans - other_spans).abs().max().item(), 1e-3)

    def test_weights_of_a_model_without_markers_start_one_with_markers(self):
        made = lambda markers: Model(Encoder(20, 48, 4, 2, 48, 16), torch.ones(11, 11, 2), 2, 3, markers)
        plain, marked = made(False), made(True)
        weights = plain.state_dict()
        load_weights(marked, weights)
        self.assertEqual((shape_of(weights), shape_of(marked.state_dict())), ({"depth": 3, "markers": False}, {"depth": 3, "markers": True}))
        self.assertTrue(torch.equal(marked.branch.layers[2].qkv.weight, plain.branch.layers[2].qkv.weight))
        with self.assertRaisesRegex(ValueError, "branch.edges.weight"):
            load_weights(plain, marked.state_dict())


if __name__ == "__main__":
    unittest.main()
