"""Text to sub-words: the part of the pipeline that the TypeScript runtime repeats exactly.

normalise -> words -> pieces. Offsets are indices into the Python string (code points); the runtime keeps
UTF-16 offsets instead, the rules are the same. INTERFACE.md describes every step.
"""

import json
import unicodedata

import regex

APOSTROPHES = "’‘ʼ′‛`´"
QUOTES = "«»“”„‟″〝〞‹›"
HYPHENS = "‐‑‒"
TRANSLATION = {**{c: "'" for c in APOSTROPHES}, **{c: '"' for c in QUOTES}, **{c: "-" for c in HYPHENS}}
BREAKS = "\t\n\v\f\r\x85"
MARK = regex.compile(r"\p{M}")
SPACE = regex.compile(r"\p{Z}")
DROPPED = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}]")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s]")
PIECES_A_WORD = 16


def normalise(text):
    """Returns (normalised text, starts, ends): character i of it comes from text[starts[i]:ends[i]]."""
    out, starts, ends = [], [], []
    i, n = 0, len(text)
    while i < n:
        j = i + 1
        while j < n and MARK.match(text[j]):
            j += 1
        c = text[i]
        if j > i + 1:
            group = unicodedata.normalize("NFKC", text[i:j])
        elif c < "\x80" and c >= " " and c != "`" and c != "\x7f":
            group = c
        elif c in BREAKS:
            group = " "
        elif c in TRANSLATION:
            group = TRANSLATION[c]
        elif DROPPED.match(c):
            group = ""
        elif SPACE.match(c):
            group = " "
        else:
            group = unicodedata.normalize("NFKC", c)
        for g in group:
            out.append(g)
            starts.append(i)
            ends.append(j)
        i = j
    return "".join(out), starts, ends


def words(text):
    """Words of a raw text: a list of (start, end, word, spaced), offsets in the raw text, end exclusive.

    `spaced` tells that the word stands at the start of the text or after white space.
    """
    plain, starts, ends = normalise(text)
    found = []
    for m in WORD.finditer(plain):
        a, b = m.span()
        found.append((starts[a], ends[b - 1], m.group(), a == 0 or plain[a - 1] == " "))
    return found


class Vocabulary:
    """A trimmed unigram vocabulary; `pieces_of` splits one word by Viterbi over piece scores (log probabilities)."""

    def __init__(self, pieces, scores, special, unknown_score):
        self.pieces, self.scores, self.special, self.unknown_score = pieces, scores, special, unknown_score
        self.cls, self.pad, self.sep, self.unknown = (special[k] for k in ("cls", "pad", "sep", "unknown"))
        reserved = set(special.values())
        self.index = {p: i for i, p in enumerate(pieces) if i not in reserved}
        self.longest = max(len(p) for p in self.index)
        self.cache = {}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as f:
            v = json.load(f)
        return cls(v["pieces"], v["scores"], v["special"], v["unknownScore"])

    def save(self, path):
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"special": self.special, "unknownScore": self.unknown_score, "longestPiece": self.longest,
                       "piecesAWord": PIECES_A_WORD, "pieces": self.pieces, "scores": self.scores}, f,
                      ensure_ascii=False, separators=(",", ":"))

    def pieces_of(self, word, spaced):
        key = (word, spaced)
        known = self.cache.get(key)
        if known is None:
            known = self.cache[key] = self._viterbi(("▁" + word) if spaced else word)[:PIECES_A_WORD]
        return known

    def _viterbi(self, s):
        n = len(s)
        best = [float("-inf")] * (n + 1)
        best[0] = 0.0
        back = [0] * (n + 1)
        ids = [self.unknown] * (n + 1)
        for i in range(n):
            for j in range(i + 1, min(n, i + self.longest) + 1):
                k = self.index.get(s[i:j])
                if k is not None and best[i] + self.scores[k] > best[j]:
                    best[j], back[j], ids[j] = best[i] + self.scores[k], i, k
            if best[i] + self.unknown_score > best[i + 1]:
                best[i + 1], back[i + 1], ids[i + 1] = best[i] + self.unknown_score, i, self.unknown
        out, i = [], n
        while i > 0:
            out.append(ids[i])
            i = back[i]
        return out[::-1]
