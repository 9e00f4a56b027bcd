"""Chooses the pieces that stay: every piece that our corpora use, and the most frequent ones of Latin script."""

import csv
import glob
import gzip
import json
import os

import regex

import corpus
from text import Vocabulary, words

LATIN = regex.compile(r"^▁?(?:[\p{Latin}\p{M}]+|[\p{N}]+|[^\p{L}])$")


def texts(corpora):
    for name in ("fil-rouge/**/*.ann.md", "winer-fr/20*/**/*.txt", "popcorn-fr/*.json", "crossner-en/*.txt", "re3d/**/documents.json",
                 "misp-galaxy/*.json", "medias-francais/*.tsv", "popular-names/*.csv", "online-platforms-sherlock/*.json", "phoenix-dictionaries-en/*.txt"):
        for path in glob.glob(os.path.join(corpora, name), recursive=True):
            with open(path, encoding="utf-8", errors="replace") as f:
                text = f.read()
            if path.endswith(".json"):
                text = text.encode().decode("utf-8") if "\\u" not in text else json.dumps(json.loads(text), ensure_ascii=False) if not path.endswith("documents.json") else text
            if "misp-galaxy" in path:
                text = "\n".join(v.get("value", "") + " " + v.get("description", "")[:300] for v in json.loads(text).get("values", []))
            if path.endswith(".ann.md"):
                text = corpus.plain_text(corpus.parse_article(text))
            yield text
    for name in ("annoctr-en/*.bio.gz", "gum-en/*.conllu.gz"):
        for path in glob.glob(os.path.join(corpora, name)):
            with gzip.open(path, "rt", encoding="utf-8") as f:
                for line in f:
                    if line.startswith("# text = "):
                        yield line[9:]
                    elif path.endswith("bio.gz"):
                        yield line.split("\t")[0]


def choose(file, corpora, size):
    """file: encoder.E5File. Returns (Vocabulary, kept ids of the full vocabulary)."""
    unknown = float(file.scores.min()) - 10.0
    full = Vocabulary(file.pieces, [float(s) for s in file.scores], file.special, unknown)
    used = set()
    for text in texts(corpora):
        for _, _, word, spaced in words(text):
            used.update(full.pieces_of(word, spaced))
            used.update(full.pieces_of(word, not spaced))
    kept = set(file.special.values()) | used
    print(f"vocabulary: {len(kept)} pieces used by the corpora", flush=True)
    for i in range(4, len(file.pieces)):
        if len(kept) >= size:
            break
        if LATIN.match(file.pieces[i]):
            kept.add(i)
    order = sorted(kept)
    if order[:4] != [0, 1, 2, 3] or file.special != {"cls": 0, "pad": 1, "sep": 2, "unknown": 3}:
        raise ValueError("the special pieces are expected at 0 to 3")
    trimmed = Vocabulary([file.pieces[i] for i in order], [round(float(file.scores[i]), 4) for i in order], file.special, round(unknown, 4))
    return trimmed, order
