"""Tunes thresholds and calibration on dev with the exported files, measures them, and writes both into model.json.

    python calibrate.py --model .. --corpora ../shared/corpora

Thresholds: the one probability above which a claim holds (relationships, and apart those across two sentences) is the one that
gives the best strict F1 end to end; a type moves away from it only when dev holds enough of it and the gain is clear. The
F1 with thresholds chosen on one half of dev and measured on the other is printed beside, so that the tuning's optimism shows.
"""

import argparse
import json
import os
import random

import numpy as np

import corpus
from corpus import TYPES
from infer import Extractor
from pipeline import sigmoid
from samples import sentences_of
from score import align, evaluate, gold_mentions, gold_relations, keyed, run, summary

GRID = [round(0.1 + 0.025 * k, 3) for k in range(33)]


def logit(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def platt(x, y, steps=100):
    """a, b of sigmoid(a x + b): Newton's method with halved steps on the mean log loss with a small ridge towards (1, 0)."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    design, prior, ridge = np.stack([x, np.ones_like(x)], 1), np.array([1.0, 0.0]), 1.0 / len(x)

    def loss(w):
        z = design @ w
        return (np.logaddexp(0, z) - y * z).mean() + ridge * ((w - prior) ** 2).sum() / 2

    w = prior.copy()
    for _ in range(steps):
        p = sigmoid(design @ w)
        gradient = design.T @ (p - y) / len(x) + ridge * (w - prior)
        hessian = (design * (p * (1 - p))[:, None]).T @ design / len(x) + ridge * np.eye(2)
        step, size = np.linalg.solve(hessian, gradient), 1.0
        while size > 1e-6 and loss(w - size * step) > loss(w):
            size /= 2
        w = w - size * step
        if abs(size * step).max() < 1e-8:
            break
    return {"a": round(float(w[0]), 4), "b": round(float(w[1]), 4)}


def calibration_error(p, y, bins=10):
    p, y = np.asarray(p), np.asarray(y, float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[place == b].mean() - y[place == b].mean()) * (place == b).mean() for b in range(bins) if (place == b).any()))


def best_threshold(rows, wanted, start=None):
    """(threshold, F1) over GRID for rows of (probability, right)."""
    p = np.array([r[0] for r in rows])
    y = np.array([r[1] for r in rows])
    scored = [(2 * y[p >= t].sum() / max(1, (p >= t).sum() + wanted), t) for t in GRID]
    f, t = max(scored)
    return t, f


def choose(rows, wanted, relations):
    """rows: (article, type, across, probability, right); wanted: {type: count}. Thresholds {relation, relationAcross}."""
    inside = [(p, y) for _, _, x, p, y in rows if not x]
    general, f = best_threshold(inside, sum(wanted.values()))
    floor = f / 2
    out = {}
    for r in relations:
        mine = [(p, y) for _, t, x, p, y in rows if t == r and not x]
        out[r] = general
        if wanted.get(r, 0) >= 20 and mine:
            gain = lambda t: sum(y - floor for p, y in mine if p >= t)
            near = [t for t in GRID if abs(t - general) <= 0.2]
            best = max(near, key=lambda t: (round(gain(t), 6), -abs(t - general)))
            if gain(best) - gain(general) >= 1.5:
                out[r] = round((best + general) / 2, 4)
    across = [(p, y) for _, _, x, p, y in rows if x]
    gain = lambda t: sum(y - floor for p, y in across if p >= t)
    best = max(GRID + [0.95], key=lambda t: (round(gain(t), 6), t))
    return {"relation": out, "relationAcross": {r: max(best, out[r]) for r in relations}}


def f1(rows, wanted, thresholds, kept):
    held = [(t, y) for a, t, x, p, y in rows if a in kept and p >= thresholds["relationAcross" if x else "relation"][t]]
    total = sum(wanted[a] for a in kept)
    return 2 * sum(y for _, y in held) / max(1, len(held) + total)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    p.add_argument("--model", default=os.path.dirname(here))
    p.add_argument("--corpora", required=True)
    p.add_argument("--measure-only", action="store_true", help="leave model.json as it is")
    p.add_argument("--split", default="dev")
    o = p.parse_args()
    x = Extractor(o.model)
    relations, symmetric, settings = x.manifest["relations"], set(x.manifest["symmetric"]), dict(x.manifest["thresholds"])
    articles = corpus.fil_rouge(os.path.join(o.corpora, "fil-rouge"))[o.split]
    tokenised = [sentences_of(a, x.vocabulary) for a in articles]
    if not o.measure_only:
        rows, mention_rows, wanted, by_article = [], [], {}, {}
        for n, (article, sentences) in enumerate(zip(articles, tokenised)):
            gold = gold_mentions(article)
            truth = gold_relations(article, symmetric)
            by_article[n] = len(truth)
            for k in truth:
                wanted[k[2]] = wanted.get(k[2], 0) + 1
            mentions, claims = run(article, sentences, x.backend, relations, symmetric, settings, floor=0.08)
            names = {(a, b, t) for a, b, t, _, named in gold if named}
            mention_rows += [(logit(m.raw), (m.text_start, m.text_end, TYPES[m.type]) in names) for m in mentions if m.named]
            seen = set()
            for key, c in sorted(keyed(claims, align(mentions, gold), symmetric), key=lambda v: -v[1]["logit"]):
                rows.append((n, c["type"], c["across"], float(sigmoid(c["logit"])), key in truth and key not in seen))
                seen.add(key)
        chosen = choose(rows, wanted, relations)
        order = list(by_article)
        random.Random(7).shuffle(order)
        halves = [set(order[::2]), set(order[1::2])]
        crossed = []
        for a, b in (halves, halves[::-1]):
            part = [r for r in rows if r[0] in a]
            count = {}
            for n in a:
                for k in gold_relations(articles[n], symmetric):
                    count[k[2]] = count.get(k[2], 0) + 1
            crossed.append(f1(rows, by_article, choose(part, count, relations), b))
        print(f"thresholds: F1 {f1(rows, by_article, chosen, set(order)):.4f} on all of dev; chosen on one half, measured on the other: {crossed[0]:.4f}, {crossed[1]:.4f}")
        settings.update(chosen)
        calibration = {"mention": platt(*zip(*mention_rows))}
        reliability = {"mention": calibration_error(sigmoid(calibration["mention"]["a"] * np.array([r[0] for r in mention_rows]) + calibration["mention"]["b"]), [r[1] for r in mention_rows])}
        for name, flag in (("relation", 0), ("relationAcross", 1)):
            part = [(logit(r[3]), r[4]) for r in rows if r[2] == flag and r[3] >= 0.15]
            fitted = platt(*zip(*part)) if len(part) >= 60 else None
            calibration[name] = fitted if fitted and fitted["a"] > 0 else calibration.get("relation", {"a": 1.0, "b": 0.0})
            shown = [(logit(r[3]), r[4]) for r in rows if r[2] == flag and r[3] >= settings[name][r[1]]]
            if shown:
                c = sigmoid(calibration[name]["a"] * np.array([r[0] for r in shown]) + calibration[name]["b"])
                reliability[name] = calibration_error(c, [r[1] for r in shown])
                sure = [y for v, (_, y) in zip(c, shown) if v >= 0.8]
                print(f"{name}: {len(shown)} claims shown; confidence of at least .8: {len(sure)}, right {np.mean(sure) if sure else 0:.3f}; expected calibration error {reliability[name]:.3f}")
        print(f"mention: expected calibration error {reliability['mention']:.3f}")
        x.manifest.update(thresholds=settings, calibration=calibration)
    result = evaluate(articles, tokenised, x.backend, relations, symmetric, settings)
    print(summary(result))
    print("\n".join(f"{k:32s} {v['all']!r}" for k, v in result.items() if ":" in k))
    if not o.measure_only:
        x.manifest["measured"] = {"split": o.split, **{m: {k: round(c.prf()[2], 4) for k, c in result[m].items()} for m in ("names", "spans", "joined", "relations", "relaxed", "given")},
                                  "facts": {k: round(c.prf()[0], 4) for k, c in result["facts"].items()}, "calibrationError": {k: round(v, 4) for k, v in reliability.items()}}
        with open(os.path.join(o.model, "model.json"), "w", encoding="utf-8") as f:
            json.dump(x.manifest, f, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
