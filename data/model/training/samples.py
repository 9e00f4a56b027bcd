"""A window of annotated sentences as tensors: tags, spans, pairs with their relationships, antecedents."""

import random

import torch

from corpus import MODALITIES, TAGS, TYPES
from windows import Sentence, fill, varied, word_span

ACROSS_PIECES = 64
CANDIDATES = 40
TAG_INDEX = {t: i for i, t in enumerate(TAGS)}
CONFUSED = {"Organization": ["PublicBody", "MediaOutlet", "ThreatGroup", "Platform"], "PublicBody": ["Organization"], "ThreatGroup": ["Organization"],
            "MediaOutlet": ["Organization", "Platform"], "Platform": ["Organization", "MediaOutlet"], "Country": ["Place"], "Place": ["Country", "Organization"],
            "Person": ["Organization", "Place"], "Event": ["Organization", "Place"], "CyberTool": ["Platform", "Organization"], "Account": ["Platform", "MediaOutlet"]}


class Mention:
    __slots__ = ("sentence", "first", "last", "start", "end", "type", "named", "entity")

    def __init__(self, sentence, first, last, kind, named, entity):
        """sentence: index in the window; first, last: word indices in it; type: index; entity: any key."""
        self.sentence, self.first, self.last, self.type, self.named, self.entity = sentence, first, last, kind, named, entity
        self.start = self.end = None


def layout(window, cls=0, sep=2):
    """ids of the window and, per sentence, the piece index of its first piece."""
    ids, bases = [cls], []
    for s in window:
        bases.append(len(ids))
        ids.extend(s.pieces)
    return ids + [sep], bases


def place(mentions, window, bases):
    for m in mentions:
        s = window[m.sentence]
        m.start, m.end = bases[m.sentence] + s.firsts[m.first], bases[m.sentence] + s.firsts[m.last]
    mentions.sort(key=lambda m: m.start)
    return mentions


def candidate_pairs(mentions, window, bases, across=True):
    """[(subject, object, context, across, sentence)] of indices into `mentions`; the rules of INTERFACE.md, 7."""
    out, by_sentence = [], {}
    for i, m in enumerate(mentions):
        by_sentence.setdefault(m.sentence, []).append(i)
    ends = [b + len(s.pieces) - 1 for b, s in zip(bases, window)]
    for s, inside in by_sentence.items():
        here = {mentions[i].entity for i in inside}
        for i in inside:
            for j in inside:
                if mentions[i].entity != mentions[j].entity:
                    out.append((i, j, (bases[s], ends[s]), 0, s))
        if not across or s - 1 not in by_sentence:
            continue
        before = by_sentence[s - 1]
        there = {mentions[i].entity for i in before}
        for i in before:
            for j in inside:
                a, b = mentions[i].entity, mentions[j].entity
                if a in here or b in there or mentions[j].start - mentions[i].start > ACROSS_PIECES:
                    continue
                context = (bases[s - 1], ends[s])
                out.append((i, j, context, 1, s))
                out.append((j, i, context, 1, s))
    return out


def antecedent_pairs(mentions):
    out = []
    for i, m in enumerate(mentions):
        if not m.named:
            near = sorted((abs(c.start - m.start), j) for j, c in enumerate(mentions) if c.named and j != i)
            out.extend((i, j) for _, j in near[:CANDIDATES])
    return out


def sentences_of(article, vocabulary):
    out = []
    for s in article["sentences"]:
        sentence = Sentence(s["text"], vocabulary, s)
        if sentence.words:
            out.append(sentence)
    return out


class Sample:
    """One window ready for training."""

    def __init__(self, window, article, relations, symmetric, noise=0.0, rng=None):
        self.ids, self.bases = layout(window)
        self.word_at, self.tags = [], []
        mentions = []
        for k, s in enumerate(window):
            labels = [0] * len(s.words)
            for m in s.source["mentions"]:
                span = word_span(s, m["start"], m["end"])
                if span is None:
                    continue
                kind = article["entities"][m["entity"]]["type"]
                name = ("" if m["named"] else "~") + kind
                labels[span[0]] = TAG_INDEX["B-" + name]
                for w in range(span[0] + 1, span[1] + 1):
                    labels[w] = TAG_INDEX["I-" + name]
                mentions.append(Mention(k, span[0], span[1], TYPES.index(kind), m["named"], m["entity"]))
            self.word_at += [self.bases[k] + f for f in s.firsts]
            self.tags += labels
        if noise:
            mentions = noisy(mentions, window, noise, rng)
        self.mentions = place(mentions, window, self.bases)
        self.pairs = candidate_pairs(self.mentions, window, self.bases)
        groups, self.group_of = {}, []
        for i, j, _, across, s in self.pairs:
            self.group_of.append(groups.setdefault((s, self.mentions[i].entity, self.mentions[j].entity, across), len(groups)))
        self.groups = len(groups)
        self.positives, self.facts, self.missed = [], {}, 0
        for k, s in enumerate(window):
            for r in s.source["relations"]:
                fact = (int(r["polarity"] == "negated"), MODALITIES.index(r["modality"]), int(r["former"]))
                for a, b in ((r["subject"], r["object"]), (r["object"], r["subject"]))[:2 if r["type"] in symmetric else 1]:
                    g = groups.get((k, a, b, 0), groups.get((k, a, b, 1)))
                    if g is None:
                        self.missed += 1
                        continue
                    self.positives.append((g, relations.index(r["type"])))
                    self.facts.setdefault(g, fact)
        self.antecedents = antecedent_pairs(self.mentions)
        self.antecedent_right = [self.mentions[i].entity == self.mentions[j].entity for i, j in self.antecedents]


def noisy(mentions, window, noise, rng: random.Random):
    """Mentions as a fallible tagger gives them: wrong types, moved edges, lost ones, and spurious ones that relate to nothing."""
    out, taken = [], {(m.sentence, w) for m in mentions for w in range(m.first, m.last + 1)}
    wrong = {e: rng.choice(CONFUSED[TYPES[t]]) for e, t in {m.entity: m.type for m in mentions}.items() if rng.random() < noise}
    for m in mentions:
        if rng.random() < 0.4 * noise:
            continue
        if m.entity in wrong:
            m.type = TYPES.index(wrong[m.entity])
        if rng.random() < 0.5 * noise:
            if m.last > m.first and rng.random() < 0.5:
                m.last -= 1
            elif m.first > 0 and (m.sentence, m.first - 1) not in taken:
                m.first -= 1
        out.append(m)
    for _ in range(sum(rng.random() < noise for _ in mentions)):
        k = rng.randrange(len(window))
        w = rng.randrange(len(window[k].words))
        if (k, w) not in taken:
            taken.add((k, w))
            out.append(Mention(k, w, w, rng.choice([TYPES.index(t) for t in ("Event", "Organization", "Place", "Person", "PublicBody", "Event")]), rng.random() < 0.6, ("spurious", k, w)))
    return out


def samples(articles, vocabulary, relations, symmetric, rng=None, noise=0.0, names=None, swap=0.0):
    """Samples of all windows; with `rng` the windows are cut at random and `noise` (a probability) is applied to half of them.

    `names`: names.Names; with probability `swap` an article is given other names first.
    """
    out = []
    for a in articles:
        if swap and rng.random() < swap:
            a = names.swapped(a, rng)
        sentences = a.setdefault("tokenised", sentences_of(a, vocabulary))
        for window in varied(sentences, rng) if rng else fill(sentences):
            window = [s for s in window if s.source is not None]
            out.append(Sample(window, a, relations, symmetric, noise if rng and rng.random() < 0.5 else 0.0, rng))
    return out


class Batch:
    """Tensors of several samples; everything but the padded ids and `inside` is flat."""

    def __init__(self, items, pad=1):
        length = max(len(s.ids) for s in items)
        self.items = items
        self.ids = torch.full((len(items), length), pad)
        most = max(1, max(len(s.mentions) for s in items))
        self.inside = torch.zeros(len(items), most, length)
        self.kinds, self.starts, self.ends, self.present = (torch.zeros(len(items), most, dtype=torch.int64) for _ in range(4))
        rows, at, tags = [], [], []
        for r, s in enumerate(items):
            self.ids[r, :len(s.ids)] = torch.tensor(s.ids)
            for i, m in enumerate(s.mentions):
                self.inside[r, i, m.start:m.end + 1] = 1
                self.kinds[r, i] = m.type + (0 if m.named else len(TYPES))
                self.starts[r, i], self.ends[r, i], self.present[r, i] = m.start, m.end, 1
            rows += [r] * len(s.word_at)
            at += s.word_at
            tags += s.tags
        self.mask = (self.ids != pad).long()
        self.rows, self.at, self.tags = torch.tensor(rows), torch.tensor(at), torch.tensor(tags)
