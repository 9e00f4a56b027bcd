"""Scores extraction against annotated articles, as `fil-rouge evaluate` does: names, relationships (strict), factuality, antecedents."""

from corpus import TYPES, plain_text
from pipeline import analyse
from windows import word_span


class Counts:
    def __init__(self):
        self.right = self.found = self.wanted = 0

    def add(self, right, found, wanted):
        self.right += right
        self.found += found
        self.wanted += wanted

    def __repr__(self):
        p, r, f = self.prf()
        return f"{f:.3f} (P {p:.3f} R {r:.3f}, {self.wanted})"

    def prf(self):
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.wanted if self.wanted else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def gold_mentions(article, kept=None):
    """(start, end, type, entity, named) in the article's plain text; only of the sentences of `kept` (indices) when given."""
    out = []
    for s in article["sentences"]:
        for m in s["mentions"]:
            out.append((s["start"] + m["start"], s["start"] + m["end"], article["entities"][m["entity"]]["type"], m["entity"], m["named"]))
    return out


def align(mentions, gold):
    """Predicted entity -> the gold entity with which its mentions overlap most (characters)."""
    shared = {}
    for m in mentions:
        if m.entity is None:
            continue
        for a, b, _, e, _ in gold:
            overlap = min(b, m.text_end) - max(a, m.text_start)
            if overlap > 0:
                row = shared.setdefault(m.entity, {})
                row[e] = row.get(e, 0) + overlap
    return {k: max(v.items(), key=lambda x: x[1])[0] for k, v in shared.items()}


def gold_relations(article, symmetric):
    """{(sentence, subject, type, object)} with symmetric ones in sorted order -> the relation."""
    out = {}
    for n, s in enumerate(article["sentences"]):
        for r in s["relations"]:
            a, b = (r["subject"], r["object"]) if r["type"] not in symmetric else sorted((r["subject"], r["object"]))
            out[n, a, r["type"], b] = r
    return out


def run(article, sentences, backend, relations, symmetric, settings, floor=None, given=False):
    """analyse() on an annotated article; `given`: with gold mentions and entities."""
    text = plain_text(article)
    by_source = {id(s): n for n, s in enumerate(article["sentences"])}
    numbers = [by_source[id(s.source)] for s in sentences]
    starts = [article["sentences"][n]["start"] for n in numbers]

    def gold(k, sentence):
        for m in article["sentences"][numbers[k]]["mentions"]:
            span = word_span(sentence, m["start"], m["end"])
            if span:
                yield span[0], span[1], TYPES.index(article["entities"][m["entity"]]["type"]), m["named"], m["entity"]

    mentions, claims = analyse(sentences, text, backend, relations, symmetric, settings, starts, floor, gold if given else None)
    for c in claims:
        c["sentence"] = numbers[c["sentence"]]
    return mentions, claims


def keyed(claims, aligned, symmetric):
    """[(key, claim)]: every claim in gold entities; entities that stand for nothing keep a name of their own."""
    out = []
    for c in claims:
        a, b = (aligned.get(c[x], ("?", c[x])) for x in ("subject", "object"))
        if c["type"] in symmetric:
            a, b = sorted((a, b), key=str)
        out.append(((c["sentence"], a, c["type"], b), c))
    return out


def evaluate(articles, tokenised, backend, relations, symmetric, settings, given=True):
    """{measure: {lang or "all": Counts}}; `tokenised[i]`: the sentences of article i."""
    out = {}

    def add(measure, lang, right, found, wanted):
        for k in (lang, "all"):
            out.setdefault(measure, {}).setdefault(k, Counts()).add(right, found, wanted)

    for article, sentences in zip(articles, tokenised):
        lang = article["lang"]
        wanted = gold_relations(article, symmetric)
        gold = gold_mentions(article)
        mentions, claims = run(article, sentences, backend, relations, symmetric, settings)
        names = {(a, b, t) for a, b, t, _, named in gold if named}
        found = {(m.text_start, m.text_end, TYPES[m.type]) for m in mentions if m.named}
        add("names", lang, len(names & found), len(found), len(names))
        for t in TYPES:
            g, f = {x for x in names if x[2] == t}, {x for x in found if x[2] == t}
            add("names:" + t, lang, len(g & f), len(f), len(g))
        add("spans", lang, len({x[:2] for x in names} & {x[:2] for x in found}), len(found), len(names))
        described = {(a, b): e for a, b, _, e, named in gold if not named}
        aligned = align(mentions, gold)
        placed = {(m.text_start, m.text_end): aligned.get(m.entity) for m in mentions if not m.named and m.entity is not None}
        add("described", lang, len(described.keys() & placed.keys()), len(placed), len(described))
        add("joined", lang, sum(placed.get(k) == e for k, e in described.items()), len(placed), len(described))
        pairs = keyed(claims, aligned, symmetric)
        keys = {k for k, _ in pairs}
        add("relations", lang, len(keys & wanted.keys()), len(keys), len(wanted))
        loose = lambda ks: {(a, t, b) for _, a, t, b in ks}
        add("relaxed", lang, len(loose(keys) & loose(wanted)), len(loose(keys)), len(loose(wanted)))
        for r in relations:
            g, f = {k for k in wanted if k[2] == r}, {k for k in keys if k[2] == r}
            add("relations:" + r, lang, len(g & f), len(f), len(g))
        right = [(wanted[k], c) for k, c in pairs if k in wanted]
        add("facts", lang, sum(g["polarity"] == c["polarity"] and g["modality"] == c["modality"] for g, c in right), len(right), len(right))
        if given:
            _, claims = run(article, sentences, backend, relations, symmetric, settings, given=True)
            keys = {k for k, _ in keyed(claims, {e: e for e in article["entities"]}, symmetric)}
            add("given", lang, len(keys & wanted.keys()), len(keys), len(wanted))
    return out


def summary(result):
    return "\n".join(f"{m:10s} " + "  ".join(f"{k} {result[m][k]!r}" for k in ("fr", "en", "all") if k in result[m])
                     for m in ("names", "spans", "described", "joined", "relations", "relaxed", "given", "facts") if m in result)
