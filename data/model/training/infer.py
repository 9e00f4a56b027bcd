"""Reference inference with the shipped files: text to the JSON lines of `fil-rouge extract` (no dates, no saidBy, plain sentence rules).

    python infer.py --model .. --language fr --published 2019-11-25 FILE...
"""

import argparse
import hashlib
import json
import os
import re

import numpy as np
import onnxruntime

from pipeline import analyse, sigmoid
from text import Vocabulary
from windows import Sentence
from corpus import TYPES

ABBREVIATION = re.compile(r"(?:\b(?:M|MM|Mme|Mlle|Dr|Mr|Mrs|Ms|St|Sen|Rep|Gen|Gov|Lt|Col|Sgt|Jr|Sr|No|vs|etc|av|bd|Inc|Ltd|Corp|Co)|\b\p{L})\.$".replace(r"\p{L}", "[A-ZÀ-Ý]"))


def split_sentences(text):
    """[(start, end)] by simple rules: line ends, and . ! ? … before white space and an upper-case letter, digit or quotation mark."""
    out, start = [], 0
    for m in re.finditer(r"\n+|(?<=[.!?…])[\"»”’')\]]*(?:\s[»])?\s+(?=[\"«“‘'(]?\s?[A-ZÀ-Ý0-9])", text):
        if "\n" not in m.group() and ABBREVIATION.search(text[start:m.start()]):
            continue
        end = m.start() + len(m.group().rstrip()) if "\n" not in m.group() else m.start()
        if text[start:end].strip():
            out.append((start, end))
        start = m.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in out]


class OnnxBackend:
    """The exported graphs; `folder` holds encoder.onnx, branch.onnx and relations.onnx."""

    def __init__(self, folder, threads=2, suffix=".onnx"):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.encoder, self.branch, self.relations = (onnxruntime.InferenceSession(os.path.join(folder, n + suffix), options, providers=["CPUExecutionProvider"]) for n in ("encoder", "branch", "relations"))

    def encode(self, ids, mask):
        return self.encoder.run(None, {"input_ids": ids, "attention_mask": mask})

    def relate(self, states, starts, ends, types, named, *pairs):
        fed = lambda session, *arrays: session.run(None, dict(zip((i.name for i in session.get_inputs()), arrays)))
        return fed(self.relations, *fed(self.branch, states, starts, ends, types, named), starts, ends, types, *pairs)


class Extractor:
    def __init__(self, folder):
        with open(os.path.join(folder, "model.json"), encoding="utf-8") as f:
            self.manifest = json.load(f)
        self.vocabulary = Vocabulary.load(os.path.join(folder, "vocabulary.json"))
        self.backend = OnnxBackend(folder)

    def extract(self, text, language=None, published=None, sentences=None):
        """A document as interfaces.md gives it; offsets in UTF-16 code units. `sentences`: [(start, end)] when known."""
        spans = sentences or split_sentences(text)
        made = [(a, b, Sentence(text[a:b], self.vocabulary, (a, b))) for a, b in spans]
        made = [m for m in made if m[2].words]
        m = self.manifest
        mentions, claims = analyse([s for _, _, s in made], text, self.backend, m["relations"], set(m["symmetric"]), m["thresholds"], [a for a, _, _ in made])
        at = [0]
        for c in text:
            at.append(at[-1] + (2 if ord(c) > 0xFFFF else 1))
        calibrated = lambda scale, x: round(float(sigmoid(m["calibration"][scale]["a"] * x + m["calibration"][scale]["b"])), 4)
        logit = lambda p: float(np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6))))
        entities, out = {}, []
        for x in mentions:
            if x.entity is None:
                continue
            e = entities.setdefault(x.entity, {"id": f"e{len(entities) + 1}", "type": TYPES[x.type], "surfaces": {}})
            if x.named:
                e["type"] = TYPES[x.type]
                e["surfaces"][x.surface] = e["surfaces"].get(x.surface, 0) + 1
            out.append({"entity": e["id"], "start": at[x.text_start], "end": at[x.text_end], "surface": x.surface, "named": x.named,
                        "confidence": calibrated("mention", logit(x.raw))})
        for e in entities.values():
            surfaces = e.pop("surfaces")
            rank = (lambda s: (len(s.split()), surfaces[s])) if e["type"] == "Person" else (lambda s: surfaces[s])
            e["name"] = max(surfaces, key=rank)
            e["aliases"] = [s for s in surfaces if s != e["name"]]
        found = []
        for c in sorted(claims, key=lambda c: (c["sentence"], c["subjectMention"].text_start, c["objectMention"].text_start, c["type"])):
            start, end = made[c["from"]][0], made[c["sentence"]][1]
            s, o = c["subjectMention"], c["objectMention"]
            found.append({"type": c["type"], "subject": entities[c["subject"]]["id"], "object": entities[c["object"]]["id"], "subjectSpan": [at[s.text_start], at[s.text_end]],
                          "objectSpan": [at[o.text_start], at[o.text_end]], "start": at[start], "end": at[end], "quote": text[start:end], "polarity": c["polarity"],
                          "modality": c["modality"], "former": c["former"], "saidBy": None, "date": None,
                          "confidence": calibrated("relationAcross" if c["across"] else "relation", c["logit"])})
        return {"id": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16], "title": None, "url": None, "language": language, "publishedAt": published, "text": text,
                "entities": list(entities.values()), "mentions": out, "claims": found, "warnings": []}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", default=os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    p.add_argument("--language")
    p.add_argument("--published")
    p.add_argument("files", nargs="+", help="text files, or *.ann.md (then with the annotated sentences)")
    o = p.parse_args()
    extractor = Extractor(o.model)
    for path in o.files:
        with open(path, encoding="utf-8", newline="") as f:
            text = f.read().replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        if path.endswith(".ann.md"):
            from corpus import parse_article, plain_text
            article = parse_article(text)
            print(json.dumps(extractor.extract(plain_text(article), article["lang"], article["date"], [(s["start"], s["start"] + len(s["text"])) for s in article["sentences"]]), ensure_ascii=False))
        else:
            print(json.dumps(extractor.extract(text, o.language, o.published), ensure_ascii=False))


if __name__ == "__main__":
    main()
