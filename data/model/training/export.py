"""Writes the files that ship: encoder.onnx, branch.onnx and relations.onnx (dynamic int8), vocabulary.json, model.json, tokenizer-vectors.json.

    python export.py --checkpoint RUN/average.pt --warm RUN/warm --corpora ../shared/corpora --version 2026.11.1
"""

import argparse
import datetime
import hashlib
import json
import os
import tempfile

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

import corpus
from encoder import Encoder
from model import Model, allowed_tensor, load_weights, shape_of
from pipeline import DEFAULTS
from samples import ACROSS_PIECES, CANDIDATES, Batch, samples
from text import PIECES_A_WORD, Vocabulary, words
from windows import WINDOW_PIECES


class TaggerGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder, self.tags, self.middle = model.encoder, model.tags, model.middle

    def forward(self, input_ids, attention_mask):
        middle, states = self.encoder(input_ids, attention_mask, self.middle)
        return middle, self.tags(states)


class BranchGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, *inputs):
        return self.model.mark(*inputs)


def load_model(path, ontology):
    names, symmetric, allowed = corpus.ontology(ontology)
    weights = torch.load(path, weights_only=False)["model"]
    model = Model(Encoder(weights["encoder.words.weight"].shape[0]), allowed_tensor(names, allowed), len(names), **shape_of(weights))
    load_weights(model, weights)
    return model.eval(), names, symmetric


def export_graphs(model, folder):
    """encoder.fp32.onnx, branch.fp32.onnx and relations.fp32.onnx in `folder`."""
    ids = torch.randint(4, 1000, (2, 12))
    mask = torch.ones_like(ids)
    with torch.no_grad():
        torch.onnx.export(
            TaggerGraph(model).eval(), (ids, mask), os.path.join(folder, "encoder.fp32.onnx"), input_names=["input_ids", "attention_mask"],
            output_names=["states", "tag_logits"], opset_version=17, dynamo=False,
            dynamic_axes={"input_ids": {0: "B", 1: "T"}, "attention_mask": {0: "B", 1: "T"}, "states": {0: "B", 1: "T"}, "tag_logits": {0: "B", 1: "T"}})
        whole = lambda *v: torch.tensor(v, dtype=torch.int64)
        spans = (whole(1, 4, 8), whole(2, 4, 9), whole(0, 1, 2))
        names, outputs = ["states", "span_starts", "span_ends", "span_types", "span_named"], ["token_states", "span_states"]
        torch.onnx.export(BranchGraph(model).eval(), (torch.randn(12, 384), *spans, whole(1, 1, 0)), os.path.join(folder, "branch.fp32.onnx"), input_names=names,
                          output_names=outputs, opset_version=17, dynamo=False,
                          dynamic_axes={n: {0: "M" if n.startswith("span_") else "T"} for n in (*names, *outputs)})
        args = (torch.randn(12, 384), torch.randn(3, 3 * 384), *spans, whole(0, 1, 2, 0), whole(1, 0, 0, 2),
                whole(1, 10, 1, 10, 1, 10, 1, 10).view(4, 2), whole(0, 0, 1, 1), whole(2, 2), whole(0, 1))
        names = ["token_states", "span_states", "span_starts", "span_ends", "span_types", "pair_subjects", "pair_objects", "pair_contexts", "pair_across",
                 "antecedent_mentions", "antecedent_candidates"]
        outputs = ["relation_logits", "polarity_logits", "modality_logits", "former_logits", "antecedent_logits"]
        axes = {"token_states": {0: "T"}, "pair_contexts": {0: "P"}}
        axes.update({n: {0: "M"} for n in names if n.startswith("span_")})
        axes.update({n: {0: "P"} for n in ("pair_subjects", "pair_objects", "pair_across", *outputs[:4])})
        axes.update({n: {0: "Q"} for n in ("antecedent_mentions", "antecedent_candidates", "antecedent_logits")})
        torch.onnx.export(model.pairs.eval(), args, os.path.join(folder, "relations.fp32.onnx"), input_names=names, output_names=outputs,
                          opset_version=17, dynamo=False, dynamic_axes=axes)


def quantise(source, target, wide=()):
    """Dynamic int8; the second feed-forward products of the layers in `wide` (indices in the graph) stay in fp32."""
    exclude = [n.name for n in onnx.load(source, load_external_data=False).graph.node if n.name.endswith(tuple(f"layers.{i}/down/MatMul" for i in wide))] if wide else []
    if len(exclude) != len(wide):
        raise ValueError(f"{source}: {len(exclude)} of the products of layers {wide} were found")
    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False, op_types_to_quantize=["MatMul", "Gather"],
                     nodes_to_exclude=exclude)


def wide_layers(model, vocabulary, folder, relations, symmetric, count=8):
    """The layers whose feed-forward inner activations have the widest range for their spread, over authored train articles.

    Eight bits for a whole tensor leave nothing of the small values there; these layers' second products stay in fp32.
    Returns their indices in the encoder and in the branch.
    """
    layers = [("encoder", i, layer) for i, layer in enumerate(model.encoder.layers)] + [("branch", i, layer) for i, layer in enumerate(model.branch.layers)]
    seen = [[] for _ in layers]
    hooks = [layer.down.register_forward_pre_hook(lambda _, x, s=s: s.append((x[0].max().item(), x[0].std().item()))) for (_, _, layer), s in zip(layers, seen)]
    articles = [a for a in corpus.fil_rouge(folder)["train"] if a["id"].startswith(("fr-", "en-"))]
    with torch.no_grad():
        for sample in samples(articles[::max(1, len(articles) // 16)], vocabulary, relations, symmetric):
            if sample.mentions:
                b = Batch([sample], vocabulary.pad)
                middle, _ = model.encoder(b.ids, b.mask, model.middle)
                model.branch(middle, torch.zeros(1, 1, 1, b.ids.shape[1]), b.inside, b.kinds, b.starts, b.ends, b.present)
    for h in hooks:
        h.remove()
    ratio = [max(m for m, _ in s) / (sum(d for _, d in s) / len(s)) for s in seen]
    widest = sorted(range(len(ratio)), key=lambda i: -ratio[i])[:count]
    return tuple(sorted(layers[i][1] for i in widest if layers[i][0] == part) for part in ("encoder", "branch"))


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def vectors(vocabulary, folder):
    """200 sentences of the authored train articles (ours) and hand-made hard cases, with words and ids."""
    hard = ["L’agence européenne Europol a « paralysé » Amaq…", "État islamique — e\u0301preuve", "a\u200bb\u00adc d\u00a0e\u202ff", "Ｆｕｌｌ ｗｉｄｔｈ № 5 ½ ﬁn", "@nidaa_fr, an-nidaa.press; 1ᵉʳ",
            "x" * 120, "😀 مرحبا 東京 Київ", "tab\tnew\nline", "“Quoted” ‘single’ ‹angle›", "C'est l'OTAN d'aujourd'hui", "don`t ´x", "non‑breaking hy‐phen", "", " ", "🇫🇷e\u0301\u0327"]
    texts = []
    for article in corpus.fil_rouge(folder)["train"]:
        if article["id"].startswith(("fr-", "en-")):
            texts += [s["text"] for s in article["sentences"][3:5]]
    texts = hard + texts[::max(1, len(texts) // (200 - len(hard)))][:200 - len(hard)]
    out = []
    for text in texts:
        found = words(text)
        utf16 = [0]
        for c in text:
            utf16.append(utf16[-1] + (2 if ord(c) > 0xFFFF else 1))
        out.append({"text": text, "words": [[utf16[a], utf16[b], w, s] for a, b, w, s in found], "ids": [vocabulary.pieces_of(w, s) for _, _, w, s in found]})
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    p.add_argument("--checkpoint", required=True, help="average.pt of a run")
    p.add_argument("--warm", required=True, help="folder with vocabulary.json")
    p.add_argument("--corpora", required=True)
    p.add_argument("--ontology", default=os.path.join(here, "ontology.json"))
    p.add_argument("--out", default=os.path.dirname(here))
    p.add_argument("--version", required=True)
    p.add_argument("--settings", help="JSON of calibrate.py: thresholds, calibration, measured")
    p.add_argument("--described-bias", type=float, default=1.0, help="added to the logits that begin a mention by description: more of them are found than the loss alone asks for, "
                   "because a relationship needs both its ends and the antecedent step drops those that fit nothing")
    p.add_argument("--fp32", help="folder that keeps the unquantised graphs")
    o = p.parse_args()
    model, relations, symmetric = load_model(o.checkpoint, o.ontology)
    with torch.no_grad():
        for i, tag in enumerate(corpus.TAGS):
            if tag.startswith("B-~"):
                model.tags.bias[i] += o.described_bias
    vocabulary = Vocabulary.load(os.path.join(o.warm, "vocabulary.json"))
    os.makedirs(o.out, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = o.fp32 or temporary
        os.makedirs(folder, exist_ok=True)
        export_graphs(model, folder)
        encoder_wide, branch_wide = wide_layers(model, vocabulary, os.path.join(o.corpora, "fil-rouge"), relations, symmetric)
        print("kept in fp32: the second feed-forward product of layers", encoder_wide, "of the encoder and", branch_wide, "of the branch")
        for name, wide in (("encoder", encoder_wide), ("branch", branch_wide), ("relations", ())):
            quantise(os.path.join(folder, f"{name}.fp32.onnx"), os.path.join(o.out, f"{name}.onnx"), wide)
    vocabulary.save(os.path.join(o.out, "vocabulary.json"))
    with open(os.path.join(o.out, "tokenizer-vectors.json"), "w", encoding="utf-8") as f:
        json.dump(vectors(vocabulary, os.path.join(o.corpora, "fil-rouge")), f, ensure_ascii=False, separators=(",", ":"))
    settings = {"thresholds": DEFAULTS(relations), "calibration": {k: {"a": 1.0, "b": 0.0} for k in ("mention", "relation", "relationAcross")}, "measured": {}}
    if o.settings:
        with open(o.settings, encoding="utf-8") as f:
            settings.update(json.load(f))
    files = {n: {"sha256": sha256(os.path.join(o.out, n)), "bytes": os.path.getsize(os.path.join(o.out, n))}
             for n in ("encoder.onnx", "branch.onnx", "relations.onnx", "vocabulary.json", "tokenizer-vectors.json")}
    with open(os.path.join(o.out, "model.json"), "w", encoding="utf-8") as f:
        json.dump({"version": o.version, "created": datetime.date.today().isoformat(), "encoder": "multilingual-e5-small", "types": corpus.TYPES, "tags": corpus.TAGS,
                   "relations": relations, "symmetric": symmetric, "polarities": corpus.POLARITIES, "modalities": corpus.MODALITIES,
                   "limits": {"windowPieces": WINDOW_PIECES, "acrossPieces": ACROSS_PIECES, "antecedentCandidates": CANDIDATES, "piecesAWord": PIECES_A_WORD},
                   **settings, "files": files}, f, ensure_ascii=False, indent=1)
    print(json.dumps(files, indent=1))


if __name__ == "__main__":
    main()
