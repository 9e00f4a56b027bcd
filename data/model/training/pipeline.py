"""Sentences to mentions, entities and claims: the reference of what the runtime does (INTERFACE.md, 4 to 7)."""

import math
import re
import unicodedata

import numpy as np

from corpus import MODALITIES, TAGS, TYPES
from samples import Mention, antecedent_pairs, candidate_pairs, layout, place
from windows import fill

FAMILY = {"Person": "person", "Place": "place", "Country": "place", "Event": "event"}
ALLOWED_BEFORE = {}
for _i, _t in enumerate(TAGS):
    ALLOWED_BEFORE[_i] = None if not _t.startswith("I-") else {TAGS.index("B-" + _t[2:]), _i}


def log_softmax(x):
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def softmax(x):
    return np.exp(log_softmax(x))


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -60, 60)))


_TRANSITIONS = np.zeros((len(TAGS), len(TAGS)))
for _i, _before in ALLOWED_BEFORE.items():
    if _before is not None:
        _TRANSITIONS[:, _i] = -1e9
        for _b in _before:
            _TRANSITIONS[_b, _i] = 0
_START = np.array([-1e9 if t.startswith("I-") else 0.0 for t in TAGS])


def viterbi(scores):
    """scores: log probabilities [words, tags] of one sentence; the best allowed sequence of tags."""
    best, back = scores[0] + _START, []
    for row in scores[1:]:
        reach = best[:, None] + _TRANSITIONS
        back.append(reach.argmax(0))
        best = reach.max(0) + row
    path = [int(best.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def found_mentions(window, bases, logits):
    """Mentions of a window from its tag logits [T, tags]: Mention with .raw (confidence) and .distribution over types."""
    out = []
    for k, s in enumerate(window):
        scores = log_softmax(logits[[bases[k] + f for f in s.firsts]].astype(np.float64))
        path = viterbi(scores)
        w = 0
        while w < len(path):
            tag = TAGS[path[w]]
            if tag[0] != "B":
                w += 1
                continue
            last = w
            while last + 1 < len(path) and TAGS[path[last + 1]] == "I-" + tag[2:]:
                last += 1
            named = tag[2] != "~"
            m = FoundMention(k, w, last, TYPES.index(tag[2:] if named else tag[3:]), named, None)
            m.raw = float(np.exp(sum(scores[i, path[i]] for i in range(w, last + 1))))
            offset = 1 if named else 1 + 2 * len(TYPES)
            p = np.exp(scores[w:last + 1, offset:offset + 2 * len(TYPES)]).reshape(last - w + 1, len(TYPES), 2).sum(-1).mean(0)
            m.distribution = p / p.sum()
            out.append(m)
            w = last + 1
    return out


class FoundMention(Mention):
    __slots__ = ("raw", "distribution", "surface", "window", "text_start", "text_end")


def folded(surface):
    s = "".join(c for c in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(c)).lower()
    s = re.sub(r"(?:['’]s|(?<=s)['’])$", "", s)
    return " ".join(re.sub(r"[\W_]+", " ", s).split())


def family(m):
    return FAMILY.get(TYPES[int(np.argmax(m.distribution))], "group")


def cluster(mentions, text):
    """Gives every named mention its entity (an integer) and its voted type; mentions in text order. INTERFACE.md, 6."""
    named = [m for m in mentions if m.named]
    parent = {}

    def find(x):
        while parent[x] != x:
            x = parent[x]
        return x

    keys = {}
    for m in named:
        key = (folded(m.surface) or m.surface, family(m))
        keys.setdefault(key, []).append(m)
        parent.setdefault(key, key)
    key_of = {id(m): k for k, ms in keys.items() for m in ms}
    for a, b in zip(named, named[1:]):
        ka, kb = key_of[id(a)], key_of[id(b)]
        if ka != kb and ka[1] == kb[1] == "group" and text[a.text_end:b.text_start] == " (" and text[b.text_end:b.text_end + 1] == ")":
            short = min(a.surface, b.surface, key=len)
            if re.fullmatch(r"[A-Z]{2,8}", short) and len(a.surface) != len(b.surface):
                parent[find(kb)] = find(ka)
    persons = sorted((k for k in keys if k[1] == "person"), key=lambda k: len(k[0].split()))
    for k in persons:
        parts = k[0].split()
        longer = {find(o) for o in persons if len(o[0].split()) > len(parts) and o[0].split()[-len(parts):] == parts}
        if len(longer) == 1:
            parent[find(k)] = longer.pop()
    groups = {}
    for m in named:
        groups.setdefault(find(key_of[id(m)]), []).append(m)
    for n, members in enumerate(sorted(groups.values(), key=lambda ms: ms[0].text_start)):
        kind = int(np.argmax(sum(m.distribution for m in members)))
        for m in members:
            m.entity, m.type = n, kind
    return groups


def encode_windows(windows, backend, batch=8):
    """States and tag logits of every window (lists of numpy arrays [T,*]), windows of like length together."""
    laid = [layout(w) for w in windows]
    order = sorted(range(len(windows)), key=lambda i: len(laid[i][0]))
    states, logits = [None] * len(windows), [None] * len(windows)
    for k in range(0, len(order), batch):
        group = order[k:k + batch]
        length = max(len(laid[i][0]) for i in group)
        ids = np.full((len(group), length), 1, np.int64)
        for r, i in enumerate(group):
            ids[r, :len(laid[i][0])] = laid[i][0]
        s, t = backend.encode(ids, (ids != 1).astype(np.int64))
        for r, i in enumerate(group):
            states[i], logits[i] = s[r, :len(laid[i][0])], t[r, :len(laid[i][0])]
    return [b for _, b in laid], states, logits


def relate(states, mentions, window, bases, backend, across=True):
    """Scores of a window: (pairs, outputs) and (antecedent pairs, logits); `mentions` placed and with entities."""
    pairs = candidate_pairs(mentions, window, bases, across)
    references = antecedent_pairs(mentions)
    if not pairs and not references:
        return [], None, [], None
    p = pairs or [(0, 0, (0, 0), 0, 0)]
    q = references or [(0, 0)]
    as_int = lambda v: np.array(v, np.int64)
    out = backend.relate(states, as_int([m.start for m in mentions]), as_int([m.end for m in mentions]), as_int([m.type for m in mentions]),
                         as_int([int(m.named) for m in mentions]), as_int([x[0] for x in p]), as_int([x[1] for x in p]), as_int([x[2] for x in p]),
                         as_int([x[3] for x in p]), as_int([x[0] for x in q]), as_int([x[1] for x in q]))
    return pairs, out[:4], references, out[4]


class Unresolved:
    """The entity of a mention by description before its antecedent is known: equal to nothing else."""


def resolve(mentions, references, logits, threshold):
    """Gives mentions by description the entity of their best candidate, or None."""
    best = {}
    for (i, j), score in zip(references, logits if references else []):
        if score > threshold and score > best.get(i, (-math.inf,))[0]:
            best[i] = (float(score), j)
    for i, m in enumerate(mentions):
        if not m.named:
            m.entity = mentions[best[i][1]].entity if i in best else None


def claims_of(mentions, pairs, outputs, relations, symmetric, settings, floor=None):
    """Claims of a window. `floor`: when given, every group with a probability above it is returned (for tuning thresholds)."""
    groups = {}
    logits, polarity, modality, former = outputs
    lowest = floor if floor is not None else min(list(settings["relation"].values()) + list(settings["relationAcross"].values()))
    probable = sigmoid(logits) >= min(lowest, 0.9) * 0.2
    inside = {(s, mentions[i].entity, mentions[j].entity) for i, j, _, x, s in pairs if not x}
    for row, (i, j, _, across, s) in enumerate(pairs):
        a, b = mentions[i].entity, mentions[j].entity
        if a is None or b is None or a == b or (across and (s, a, b) in inside):
            continue
        for k in np.nonzero(probable[row])[0]:
            key = (s, a, b, int(k))
            score = float(logits[row, k])
            if key not in groups or score > groups[key][0]:
                groups[key] = (score, row, across)
    out, done = [], set()
    for (s, a, b, k), (score, row, across) in groups.items():
        name = relations[k]
        if name in symmetric:
            if (s, a, b, k) in done:
                continue
            done.add((s, b, a, k))
            other = groups.get((s, b, a, k))
            rows = np.array([r for r, (i, j, _, _, t) in enumerate(pairs) if t == s and mentions[i].entity == b and mentions[j].entity == a], int)
            back = other[0] if other else float(logits[rows, k].max()) if len(rows) else score
            score = (score + back) / 2
            i, j = pairs[row][:2]
            if mentions[i].start > mentions[j].start and len(rows):
                row = other[1] if other else int(rows[logits[rows, k].argmax()])
        threshold = floor if floor is not None else settings["relationAcross" if across else "relation"][name]
        if sigmoid(score) < threshold:
            continue
        i, j = pairs[row][:2]
        out.append({"type": name, "subject": mentions[i].entity, "object": mentions[j].entity, "subjectMention": mentions[i], "objectMention": mentions[j],
                    "sentence": s, "across": across, "logit": score,
                    "polarity": "negated" if softmax(polarity[row])[1] >= settings["negated"] else "affirmed",
                    "modality": MODALITIES[int(modality[row].argmax())], "former": bool(softmax(former[row])[1] >= settings["former"])})
    return out


DEFAULTS = lambda relations: {"relation": {r: 0.45 for r in relations}, "relationAcross": {r: 0.6 for r in relations}, "antecedent": 0.0, "negated": 0.5, "former": 0.5}


def analyse(sentences, text, backend, relations, symmetric, settings, starts, floor=None, gold=None):
    """The whole document. `sentences`: Sentence objects, `starts[i]`: offset of sentence i's text in `text`.

    `gold`: a function (sentence index in the document) -> list of (first word, last word, type index, named, entity) that replaces the tagger and
    the clustering (relationships with gold mentions given). Returns (mentions, claims); every mention has text offsets and an
    entity or None; claims carry `sentence` as index in the document.
    """
    number = {id(s): n for n, s in enumerate(sentences)}
    windows = list(fill(sentences))
    bases, states, logits = encode_windows(windows, backend)
    everything = []
    located = []
    for w, window in enumerate(windows):
        index = []
        for s in window:
            n = number.get(id(s))
            if n is None:
                n = next(k for k, whole in enumerate(sentences) if whole.words[0][0] <= s.words[0][0] and s.words[-1][1] <= whole.words[-1][1] and s.source is whole.source)
            index.append(n)
        located.append(index)
        if gold:
            mentions = []
            for k, s in enumerate(window):
                for first, last, kind, named, entity in gold(index[k], s):
                    m = FoundMention(k, first, last, kind, named, entity)
                    m.raw, m.distribution = 1.0, None
                    mentions.append(m)
        else:
            mentions = found_mentions(window, bases[w], logits[w])
        place(mentions, window, bases[w])
        for m in mentions:
            m.window = w
            s = window[m.sentence]
            m.text_start, m.text_end = starts[index[m.sentence]] + s.words[m.first][0], starts[index[m.sentence]] + s.words[m.last][1]
            m.surface = text[m.text_start:m.text_end]
        everything.append(mentions)
    if not gold:
        cluster([m for ms in everything for m in ms], text)
    claims = []
    for w, window in enumerate(windows):
        mentions = everything[w]
        if not mentions:
            continue
        if not gold:
            for m in mentions:
                if not m.named:
                    m.entity = Unresolved()
        pairs, outputs, references, scores = relate(states[w], mentions, window, bases[w], backend)
        if not gold:
            resolve(mentions, references, scores, settings["antecedent"])
        if pairs:
            for c in claims_of(mentions, pairs, outputs, relations, symmetric, settings, floor):
                c["from"] = located[w][c["sentence"] - (1 if c["across"] else 0)]
                c["sentence"] = located[w][c["sentence"]]
                claims.append(c)
    return [m for ms in everything for m in ms], claims
