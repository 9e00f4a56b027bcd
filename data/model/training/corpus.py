"""Reads the corpora: fil-rouge (`*.ann.md`) and, for intermediate training, public tagged corpora."""

import glob
import gzip
import json
import os
import re

TYPES = ["Person", "Organization", "PublicBody", "ThreatGroup", "MediaOutlet", "Platform", "Country", "Place", "Event", "CyberTool", "Account"]
TAGS = ["O"] + [f"{p}-{d}{t}" for d in ("", "~") for t in TYPES for p in "BI"]
POLARITIES = ["affirmed", "negated"]
MODALITIES = ["asserted", "reported", "alleged", "denied", "planned"]
MENTION = re.compile(r"\[([^\[\]]+)\]\((~?)(e\d+)\)")


def ontology(path):
    """(relation names in order, symmetric names, allowed[(subject type, object type)] -> set of names)."""
    with open(path, encoding="utf-8") as f:
        o = json.load(f)
    names = [r["type"] for r in o["relationships"]]
    symmetric = [r["type"] for r in o["relationships"] if r["symmetric"]]
    allowed = {(a, b): set() for a in TYPES for b in TYPES}
    for r in o["relationships"]:
        for a in r["from"]:
            for b in r["to"]:
                if not (r.get("sameType") and a != b):
                    allowed[a, b].add(r["type"])
                    if r["symmetric"]:
                        allowed[b, a].add(r["type"])
    return names, symmetric, allowed


def parse_article(raw):
    """An article: id, lang, date, entities {id: {type, name, aliases}}, sentences [{text, start, mentions, relations, paragraph}].

    Mentions are {entity, named, start, end} with offsets in the sentence; relations {subject, type, object, polarity,
    modality, former, date, before}. `start` is the sentence's offset in the plain text (sentences joined by newlines,
    paragraphs by empty lines).
    """
    article = {"entities": {}, "sentences": []}
    at, paragraph = 0, 0
    for line in raw.split("\n"):
        line = line.rstrip()
        if "id" not in article:
            m = re.match(r"# (\S+) lang=(fr|en) date=(\S+)", line)
            article.update(id=m[1], lang=m[2], date=m[3])
        elif line == "":
            if article["sentences"]:
                paragraph += 1
        elif line.startswith("@"):
            m = re.match(r"@(e\d+) (\w+) (.+)$", line)
            names = [s.strip() for s in m[3].split("|")]
            article["entities"][m[1]] = {"type": m[2], "name": names[0], "aliases": names[1:]}
        elif line.startswith("> "):
            for part in filter(None, (s.strip() for s in line[2:].split(";"))):
                subject, kind, obj, *marks = part.split()
                article["sentences"][-1]["relations"].append({
                    "subject": subject, "type": kind, "object": obj,
                    "polarity": "negated" if "!" in marks else "affirmed",
                    "modality": next((m[1:] for m in marks if m[0] == "?"), "asserted"),
                    "former": "former" in marks, "date": next((m[1:] for m in marks if m[0] == "@"), None),
                    "before": next((int(m[1]) for m in marks if m[0] == "^"), 0)})
        else:
            plain, mentions, last = "", [], 0
            for m in MENTION.finditer(line):
                plain += line[last:m.start()]
                mentions.append({"entity": m[3], "named": not m[2], "start": len(plain), "end": len(plain) + len(m[1])})
                plain += m[1]
                last = m.end()
            plain += line[last:]
            if article["sentences"]:
                at += 1 if article["sentences"][-1]["paragraph"] == paragraph else 2
            article["sentences"].append({"text": plain, "start": at, "mentions": mentions, "relations": [], "paragraph": paragraph})
            at += len(plain)
    return article


def plain_text(article):
    out = ""
    for s in article["sentences"]:
        out += "\n" * (s["start"] - len(out)) + s["text"]
    return out


def fil_rouge(folder, more=None):
    """{"train": [...], "dev": [...], "test": [...]} of parsed articles; articles under `more` that no split names join train."""
    with open(os.path.join(folder, "SPLITS.json"), encoding="utf-8") as f:
        splits = json.load(f)
    files = {os.path.basename(p)[:-7]: p for p in glob.glob(os.path.join(folder, "**/*.ann.md"), recursive=True)}
    out = {}
    for split in ("train", "dev", "test"):
        out[split] = []
        for key in splits[split]:
            with open(files[key], encoding="utf-8") as f:
                out[split].append(parse_article(f.read()))
    if more:
        known = {key for keys in splits.values() for key in keys} | files.keys()
        for path in sorted(glob.glob(os.path.join(more, "**/*.ann.md"), recursive=True)):
            if os.path.basename(path)[:-7] not in known:
                with open(path, encoding="utf-8") as f:
                    out["train"].append(parse_article(f.read()))
    return out


def _cut(text, spans):
    """Cuts a text into lines with their spans; spans that cross a line are dropped."""
    at = 0
    for line in text.split("\n"):
        inside = [(a - at, b - at, t) for a, b, t in spans if at <= a and b <= at + len(line)]
        if line.strip():
            yield line, inside
        at += len(line) + 1


def _outermost(spans):
    kept = []
    for a, b, t in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or a >= kept[-1][1]:
            kept.append((a, b, t))
    return kept


def winer(folder, excluded):
    """WiNER-fr (CC BY 4.0) without the articles in `excluded`, names like 2017_03_12-003."""
    for path in sorted(glob.glob(os.path.join(folder, "20*/*/*.txt"))):
        if os.path.basename(path)[:-4] in excluded:
            continue
        with open(path, encoding="utf-8", newline="") as f:
            text = f.read()
        spans = []
        with open(path[:-4] + ".ann", encoding="utf-8") as f:
            for line in f:
                m = re.match(r"T\d+\t(\w+) (\d+) (\d+)\t", line)
                if m:
                    spans.append((int(m[2]), int(m[3]), m[1]))
        yield list(_cut(text, _outermost(spans)))


def _columns(handle, column):
    tokens = []
    for line in handle:
        parts = line.rstrip("\n").split("\t")
        if len(parts) < 2 or not parts[0]:
            if tokens:
                yield tokens
            tokens = []
        elif parts[0] != "<DOCSTART>":
            tokens.append((parts[0], parts[column]))
    if tokens:
        yield tokens


def _sentence(tokens):
    text, spans = "", []
    for word, tag in tokens:
        text += " " if text else ""
        a = len(text)
        text += word
        if tag.startswith("B-") or (tag.startswith("I-") and not (spans and spans[-1][2] == tag[2:] and spans[-1][1] == a - 1)):
            spans.append((a, len(text), tag[2:]))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], len(text), tag[2:])
    return text, spans


def crossner(folder):
    """CrossNER politics (MIT)."""
    for name in ("train", "dev", "test"):
        with open(os.path.join(folder, f"politics-{name}.txt"), encoding="utf-8") as f:
            sentences = [_sentence(tokens) for tokens in _columns(f, 1)]
        for k in range(0, len(sentences), 4):
            yield sentences[k:k + 4]


def annoctr(folder):
    """AnnoCTR (CC BY-SA 4.0), the entity types that name things."""
    kept = {"ORG", "LOC", "GROUP", "MALWARE", "TOOL"}
    for name in ("train", "dev", "test"):
        block = []
        with gzip.open(os.path.join(folder, f"{name}.bio.gz"), "rt", encoding="utf-8") as f:
            for tokens in _columns(f, 6):
                tokens = tokens[:200]
                text, spans = _sentence(tokens)
                block.append((text, [s for s in spans if s[2] in kept]))
                if len(block) == 12:
                    yield block
                    block = []
        if block:
            yield block


def popcorn(folder):
    """POPCORN (MIT): mentions of 12 groups of types, names and descriptions alike."""
    groups = {"CIVILIAN": "person", "MILITARY": "person", "TERRORIST_OR_CRIMINAL": "criminal", "PLACE": "place", "GROUP_OF_INDIVIDUALS": "group",
              "NON_GOVERNMENTAL_ORGANISATION": "organisation", "NON_MILITARY_GOVERNMENT_ORGANISATION": "state", "MILITARY_ORGANISATION": "state",
              "INTERGOVERNMENTAL_ORGANISATION": "state", "MATERIEL": "materiel"}
    ignored = re.compile(r"FIRSTNAME|LASTNAME|CATEGORY|TIME|QUANTITY|NATIONALITY|COLOR|WEIGHT|HEIGHT|WIDTH|LENGTH|ITUDE|REFERENCE")
    with open(os.path.join(folder, "train.json"), encoding="utf-8") as f:
        documents = json.load(f)
    for d in documents.values():
        spans = []
        for e in d["entities"]:
            if not ignored.search(e["type"]):
                spans += [(m["start"], m["end"], groups.get(e["type"], "event")) for m in e["mentions"]]
        yield [s for s in _cut(re.sub(r"(?<=[.!?]) (?=[A-ZÀÉÈ«])", "\n", d["text"]), _outermost(spans))]
