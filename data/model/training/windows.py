"""Articles to windows: runs of whole sentences of at most `limit` pieces, with the piece index of every word."""

import random

from text import words

WINDOW_PIECES = 318


class Sentence:
    """words: [(start, end)] offsets in the sentence; pieces: ids; firsts / lasts: piece index of each word's first / last piece."""

    __slots__ = ("words", "pieces", "firsts", "lasts", "source")

    def __init__(self, text, vocabulary, source=None):
        self.words, self.pieces, self.firsts, self.lasts, self.source = [], [], [], [], source
        for a, b, word, spaced in words(text):
            self.words.append((a, b))
            self.firsts.append(len(self.pieces))
            self.pieces.extend(vocabulary.pieces_of(word, spaced))
            self.lasts.append(len(self.pieces) - 1)

    def part(self, a, b):
        """Words a to b (exclusive) as a sentence of their own."""
        out = Sentence.__new__(Sentence)
        base = self.firsts[a]
        out.words, out.source = self.words[a:b], self.source
        out.firsts = [f - base for f in self.firsts[a:b]]
        out.lasts = [f - base for f in self.lasts[a:b]]
        out.pieces = self.pieces[base:base + out.lasts[-1] + 1]
        return out


def cut_long(sentence, limit):
    a = 0
    while a < len(sentence.words):
        b = a + 1
        while b < len(sentence.words) and sentence.lasts[b] - sentence.firsts[a] < limit:
            b += 1
        yield sentence.part(a, b)
        a = b


def fill(sentences, limit=WINDOW_PIECES):
    """Greedy windows: lists of sentences whose pieces together fit `limit`."""
    window, size = [], 0
    for whole in sentences:
        if not whole.words:
            continue
        for s in [whole] if len(whole.pieces) <= limit else cut_long(whole, limit):
            if window and size + len(s.pieces) > limit:
                yield window
                window, size = [], 0
            window.append(s)
            size += len(s.pieces)
    if window:
        yield window


def varied(sentences, rng: random.Random):
    """Windows with a first cut at random, so that epochs see different neighbours."""
    first = rng.randint(80, WINDOW_PIECES)
    head, rest, size = [], list(sentences), 0
    while rest and size + len(rest[0].pieces) <= first:
        size += len(rest[0].pieces)
        head.append(rest.pop(0))
    out = list(fill(head)) if head else []
    return out + list(fill(rest))


def word_span(sentence, start, end):
    """Indices (first, last) of the words that cover [start, end) of the sentence, or None."""
    inside = [i for i, (a, b) in enumerate(sentence.words) if a < end and b > start]
    return (inside[0], inside[-1]) if inside else None
