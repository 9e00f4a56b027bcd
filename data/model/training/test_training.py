"""Tests of what needs no trained weights: `python -m unittest test_training` in this folder."""

import random
import unittest

import numpy as np
import torch

import corpus
from model import FORBIDDEN, PairHead, allowed_tensor
from pipeline import TAGS, cluster, folded, viterbi
from samples import Sample, sentences_of
from text import Vocabulary, normalise, words
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
        out = head(torch.randn(9, 384), ints(1, 4), ints(2, 4), ints(0, 7), ints(1, 1), ints(0, 1), ints(1, 0), ints(1, 7, 1, 7).view(2, 2), ints(0, 0), ints(0), ints(1))
        self.assertGreater(out[0][0, 0].item(), FORBIDDEN)
        self.assertEqual(out[0][1, 0].item(), FORBIDDEN)
        self.assertEqual([tuple(o.shape) for o in out], [(2, 1), (2, 2), (2, 5), (2, 2), (1,)])


if __name__ == "__main__":
    unittest.main()
