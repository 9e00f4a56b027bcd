"""Named mentions and speed of Fil rouge beside spaCy's models, on the same annotated articles, in one run.

    python -m venv peers && peers/bin/pip install -r test/bench/peers/requirements.txt
    peers/bin/python test/bench/peers/names.py FOLDER_OF_ANN_MD

The two schemes have person, group and place in common; these are compared: spaCy's PER or PERSON; ORG; LOC, GPE or FAC, and ours folded
the same way (the five kinds of group are one). Events, tools and accounts are left out on both sides. Two figures a row: exact span
and class, and any overlap with the right class, since conventions on articles and titles differ. Speed is articles a second over all
articles, models loaded before: spaCy with its tagger of names alone (`nlp.pipe`), Fil rouge with all that it does, relationships too.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

import spacy

CLASSES = {
    "Person": "person", "PER": "person", "PERSON": "person",
    "Organization": "group", "PublicBody": "group", "ThreatGroup": "group", "MediaOutlet": "group", "Platform": "group", "ORG": "group",
    "Country": "place", "Place": "place", "LOC": "place", "GPE": "place", "FAC": "place",
}
PROGRAM = ["node", os.path.join(os.path.dirname(__file__), "..", "..", "..", "dist", "server", "main.js")]
UNUSED = ["morphologizer", "parser", "attribute_ruler", "lemmatizer", "tagger", "senter"]


def lines(arguments):
    """JSON lines that the program prints, and the seconds that it took."""
    began = time.perf_counter()
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"fil-rouge {arguments[0]} ended with status {done.returncode}: {done.stderr.strip()[-400:]}")
    return [json.loads(line) for line in done.stdout.splitlines()], time.perf_counter() - began


def names(extraction):
    """{(start, end, class)} of the mentions by name."""
    types = {e["id"]: e["type"] for e in extraction["entities"]}
    found = ((m["start"], m["end"], CLASSES.get(types[m["entity"]])) for m in extraction["mentions"] if m["named"])
    return {m for m in found if m[2]}


def overlapping(these, those):
    return sum(any(a[2] == b[2] and a[0] < b[1] and b[0] < a[1] for b in those) for a in these)


def f1(gold, found):
    """(exact, overlapping) F1 over pairs of sets, one a document."""
    total, guessed = sum(map(len, gold)), sum(map(len, found))
    exact = sum(len(g & p) for g, p in zip(gold, found))
    precision = sum(overlapping(p, g) for g, p in zip(gold, found)) / max(1, guessed)
    recall = sum(overlapping(g, p) for g, p in zip(gold, found)) / max(1, total)
    return 2 * exact / max(1, total + guessed), 2 * precision * recall / max(1e-9, precision + recall)


def with_spacy(model, texts):
    nlp = spacy.load(model, disable=UNUSED)
    list(nlp.pipe(texts[:1]))
    began = time.perf_counter()
    documents = list(nlp.pipe(texts))
    seconds = time.perf_counter() - began
    utf16 = lambda text, at: len(text[:at].encode("utf-16-le")) // 2
    found = [{(utf16(t, e.start_char), utf16(t, e.end_char), CLASSES[e.label_]) for e in d.ents if e.label_ in CLASSES} for t, d in zip(texts, documents)]
    return found, seconds


def with_fil_rouge(documents):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, d in enumerate(documents):
            paths.append(os.path.join(folder, f"{k:04}.txt"))
            with open(paths[-1], "w", encoding="utf-8") as f:
                f.write(d["text"])
        _, start = lines(["extract", "--format", "jsonl", "--language", documents[0]["language"], paths[0]])
        found, seconds = lines(["extract", "--format", "jsonl", "--language", documents[0]["language"], *paths])
    by_text = {d["text"]: names(d) for d in found}
    return [by_text.get(d["text"], set()) for d in documents], max(0.001, (seconds - start) * len(documents) / max(1, len(documents) - 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="folder of *.ann.md")
    parser.add_argument("--fr", default="fr_core_news_md", help="spaCy model for French")
    parser.add_argument("--en", default="en_core_web_md", help="spaCy model for English")
    options = parser.parse_args()
    files = sorted(glob.glob(os.path.join(options.folder, "**", "*.ann.md"), recursive=True))
    if not files:
        parser.error(f"no *.ann.md in {options.folder}")
    gold, _ = lines(["corpus", "--format", "jsonl", *files])
    print(f"| {'language':8} | {'system':30} | exact | overlap | articles a second |\n|---|---|---|---|---|")
    for language, model in (("fr", options.fr), ("en", options.en)):
        documents = [d for d in gold if d["language"] == language]
        if not documents:
            continue
        wanted = [names(d) for d in documents]
        rows = [("Fil rouge", *with_fil_rouge(documents))]
        if spacy.util.is_package(model):
            rows.append((f"{model} {spacy.util.get_package_version(model)}", *with_spacy(model, [d["text"] for d in documents])))
        else:
            print(f"{model} is not installed: left out.", file=sys.stderr)
        for name, found, seconds in rows:
            exact, overlap = f1(wanted, found)
            print(f"| {language:8} | {name:30} | {exact:.3f} | {overlap:.3f} | {len(documents) / seconds:.1f} |")


if __name__ == "__main__":
    main()
