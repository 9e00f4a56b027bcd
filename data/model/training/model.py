"""The model: shared encoder, tag head, and a pair head that scores relationships, factuality and antecedents."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from corpus import MODALITIES, POLARITIES, TAGS, TYPES
from encoder import Layer

FORBIDDEN = -30.0
ZONES = 5


class Branch(nn.Module):
    """A second pass over a window in which every mention is marked with its type: transformer layers of its own.

    It begins at the encoder's states after `middle` layers. The tokens of a mention carry an embedding of its type (the first
    token another than the rest); with `markers`, each mention also has two tokens of its own behind the window, copies of its
    edges' states with a mark. They attend to the text and to one another; the text does not attend to them.
    """

    def __init__(self, depth, markers, hidden=384, heads=12, feed=1536, dropout=0.1):
        super().__init__()
        self.markers = markers
        self.layers = nn.ModuleList(Layer(hidden, heads, feed, 1e-12, dropout) for _ in range(depth))
        self.first = nn.Embedding(2 * len(TYPES), hidden)
        self.inside = nn.Embedding(2 * len(TYPES), hidden)
        self.last = nn.Embedding(2 * len(TYPES), hidden)
        self.edges = nn.Embedding(2 * 2 * len(TYPES), hidden) if markers else None
        for e in (self.first, self.inside, self.edges):
            if e is not None:
                nn.init.zeros_(e.weight)
        nn.init.normal_(self.last.weight, std=0.02)

    def forward(self, states, bias, inside, kinds, starts, ends, present):
        """states [B,T,H]; bias [B,1,1,T]; inside [B,M,T] (1 on a mention's tokens); kinds [B,M] (type + 11 if by description);
        starts, ends [B,M]; present [B,M] (0 for padding). Returns token states [B,T,H] and span states [B,M,3H]."""
        b, t, h = states.shape
        m = starts.shape[1]
        real = present.to(states.dtype)[..., None]
        at = lambda x, i: torch.gather(x, 1, i[..., None].expand(-1, -1, h))
        firsts = torch.zeros_like(states).scatter_add(1, starts[..., None].expand(-1, -1, h), ((self.first(kinds) - self.inside(kinds)) * real).to(states.dtype))
        x = states + inside.transpose(1, 2).to(states.dtype) @ self.inside(kinds).to(states.dtype) + firsts
        if self.markers:
            mark = self.edges(torch.cat([kinds, kinds + 2 * len(TYPES)], 1))
            x = torch.cat([x, torch.cat([at(states, starts), at(states, ends)], 1) + mark.to(states.dtype)], 1)
            away = ((1.0 - torch.cat([present, present], 1).to(states.dtype)) * -1e4)[:, None, None, :]
            text = torch.cat([bias.to(states.dtype).expand(b, 1, t, t), torch.full((b, 1, t, 2 * m), -1e4, dtype=states.dtype)], 3)
            marks = torch.cat([bias.to(states.dtype).expand(b, 1, 2 * m, t), away.expand(b, 1, 2 * m, 2 * m)], 3)
            bias = torch.cat([text, marks], 2)
        for layer in self.layers[:-1]:
            x = layer(x, bias)
        last = inside.transpose(1, 2).to(x.dtype) @ self.last(kinds).to(x.dtype)
        if self.markers:
            last = torch.cat([last, torch.cat([self.last(kinds), self.last(kinds)], 1).to(x.dtype)], 1)
        x = self.layers[-1](x + last, bias)
        text = x[:, :t]
        edges = (x[:, t:t + m], x[:, t + m:]) if self.markers else (at(text, starts), at(text, ends))
        mean = inside.to(x.dtype) @ text / inside.to(x.dtype).sum(-1, keepdim=True).clamp(min=1)
        return text, torch.cat([*edges, mean], -1)


class PairHead(nn.Module):
    """Scores ordered pairs of mentions over what the branch read.

    A pair is start, end and mean states of both spans, their product, what four attention heads read in the sentence (biased
    by where a token stands: before, in, between, after the two), distance, and the number of mentions between.
    """

    def __init__(self, allowed, relations, hidden=384, width=256, inner=384, dropout=0.1):
        """allowed: float [types, types, relations], 1 where the ontology permits the relationship."""
        super().__init__()
        self.register_buffer("allowed", allowed)
        self.subject = nn.Linear(3 * hidden, width)
        self.object = nn.Linear(3 * hidden, width)
        self.type_pair = nn.Embedding(len(TYPES) ** 2, 48)
        self.attention_heads = 4
        self.query = nn.Linear(2 * width, width)
        self.key = nn.Linear(hidden, width)
        self.value = nn.Linear(hidden, width)
        self.zone = nn.Embedding(2 * ZONES, self.attention_heads)
        self.distance = nn.Embedding(20, 32)
        self.between = nn.Embedding(8, 16)
        self.across = nn.Embedding(2, 16)
        self.dropout = dropout
        self.inner = nn.Sequential(nn.Linear(4 * width + 48 + 32 + 16 + 16, inner), nn.GELU(), nn.Dropout(dropout), nn.Linear(inner, inner), nn.GELU())
        self.relation = nn.Linear(inner, relations)
        self.facts = nn.Linear(inner, len(POLARITIES) + len(MODALITIES) + 2)
        self.reference = nn.Linear(3 * hidden, width)
        self.candidate = nn.Linear(3 * hidden, width)
        self.antecedent = nn.Sequential(nn.Linear(3 * width + 48 + 32 + 16, 192), nn.GELU(), nn.Dropout(dropout), nn.Linear(192, 1))
        nn.init.zeros_(self.zone.weight)
        nn.init.normal_(self.relation.weight, std=0.02)
        nn.init.constant_(self.relation.bias, -6.0)
        nn.init.constant_(self.antecedent[-1].bias, -1.0)

    def geometry(self, starts, ends, a, b):
        """Signed distance bucket and number of mentions between, for span indices a, b [P]."""
        sa, ea, sb, eb = starts[a], ends[a], starts[b], ends[b]
        gap = (sb - sa).to(torch.float32)
        bucket = torch.floor(torch.log2(gap.abs() + 1.0) + 1e-3).clamp(0, 9).to(torch.int64) + 10 * (gap < 0).to(torch.int64)
        low, high = torch.minimum(ea, eb), torch.maximum(sa, sb)
        between = ((starts[None, :] > low[:, None]) & (starts[None, :] < high[:, None])).to(torch.int64).sum(-1).clamp(max=7)
        return bucket, between

    def context(self, x, s, o, starts, ends, a, b, contexts):
        """What the pair's attention reads: [P,width]."""
        t = x.shape[0]
        h = self.attention_heads
        q = self.query(torch.cat([s, o], -1)).view(-1, h, s.shape[-1] // h).transpose(0, 1)
        k = self.key(x).view(t, h, -1).permute(1, 2, 0)
        v = self.value(x).view(t, h, -1).transpose(0, 1)
        at = torch.arange(t)[None, :]
        sa, ea, sb, eb = (i[:, None] for i in (starts[a], ends[a], starts[b], ends[b]))
        swapped = (sb < sa).to(torch.int64)
        zone = (at >= torch.minimum(sa, sb)).to(torch.int64) + (at > torch.minimum(ea, eb)) + (at >= torch.maximum(sa, sb)) + (at > torch.maximum(ea, eb))
        scores = q @ k / math.sqrt(q.shape[-1]) + self.zone(zone + ZONES * swapped).permute(2, 0, 1)
        outside = (at < contexts[:, :1]) | (at > contexts[:, 1:])
        scores = scores - 1e4 * outside.to(scores.dtype)[None]
        return (torch.softmax(scores, -1) @ v).transpose(0, 1).reshape(a.shape[0], -1)

    def window(self, x, spans, starts, ends, types, subjects, objects, contexts, across, mentions, candidates):
        """Features of one window's pairs: relation features [P,*] and antecedent features [Q,*]; x [T,H], spans [M,3H]."""
        s_all, o_all = F.gelu(self.subject(spans)), F.gelu(self.object(spans))
        s, o = s_all[subjects], o_all[objects]
        bucket, between = self.geometry(starts, ends, subjects, objects)
        pair = torch.cat([s, o, s * o, self.context(x, s, o, starts, ends, subjects, objects, contexts),
                          self.type_pair(types[subjects] * len(TYPES) + types[objects]), self.distance(bucket), self.between(between), self.across(across)], -1)
        r_all, c_all = F.gelu(self.reference(spans)), F.gelu(self.candidate(spans))
        r, c = r_all[mentions], c_all[candidates]
        bucket, between = self.geometry(starts, ends, mentions, candidates)
        reference = torch.cat([r, c, r * c, self.type_pair(types[mentions] * len(TYPES) + types[candidates]), self.distance(bucket), self.between(between)], -1)
        return pair, reference, self.allowed[types[subjects], types[objects]]

    def scores(self, pair, reference, allowed):
        inner = self.inner(F.dropout(pair, self.dropout, self.training))
        relation = self.relation(inner)
        relation = torch.where(allowed > 0, relation, torch.full_like(relation, FORBIDDEN))
        facts = self.facts(inner)
        p, m = len(POLARITIES), len(MODALITIES)
        antecedent = self.antecedent(F.dropout(reference, self.dropout, self.training)).squeeze(-1)
        return relation, facts[:, :p], facts[:, p:p + m], facts[:, p + m:], antecedent

    def forward(self, token_states, span_states, span_starts, span_ends, span_types, pair_subjects, pair_objects, pair_contexts, pair_across,
                antecedent_mentions, antecedent_candidates):
        """One window without padding (the exported graph); shapes as INTERFACE.md gives them."""
        return self.scores(*self.window(token_states, span_states, span_starts, span_ends, span_types, pair_subjects, pair_objects, pair_contexts, pair_across,
                                        antecedent_mentions, antecedent_candidates))


class Model(nn.Module):
    def __init__(self, encoder, allowed, relations, depth=6, markers=False, dropout=0.1, pair_dropout=0.1):
        """depth: layers of the branch; all but the last are copies of the encoder's last layers at the start, and so is the last."""
        super().__init__()
        self.encoder = encoder
        self.tags = nn.Linear(encoder.words.embedding_dim, len(TAGS))
        self.middle = len(encoder.layers) - depth + 1
        top = encoder.layers[-1]
        self.branch = Branch(depth, markers, encoder.words.embedding_dim, top.heads, top.up.out_features, pair_dropout)
        self.pairs = PairHead(allowed, relations, encoder.words.embedding_dim, dropout=pair_dropout)
        self.dropout = dropout
        self.copy_branch()

    def copy_branch(self):
        """The branch as a continuation of the encoder: its layers from the middle on, and the top one once more."""
        above = list(self.encoder.layers[self.middle:]) + [self.encoder.layers[-1]]
        for layer, source in zip(self.branch.layers, above):
            layer.load_state_dict(source.state_dict())

    def tag_logits(self, states):
        return self.tags(F.dropout(states, self.dropout, self.training))

    def mark(self, middle, span_starts, span_ends, span_types, span_named):
        """One window without padding (the exported graph): middle [T,H], spans [M] -> token states [T,H], span states [M,3H]."""
        at = torch.arange(middle.shape[0])[None, :]
        inside = ((at >= span_starts[:, None]) & (at <= span_ends[:, None])).to(middle.dtype)
        kinds = span_types + len(TYPES) * (1 - span_named)
        text, spans = self.branch(middle[None], torch.zeros(1, 1, 1, 1), inside[None], kinds[None], span_starts[None], span_ends[None],
                                  torch.ones_like(kinds)[None])
        return text[0], spans[0]


def shape_of(weights):
    """{depth, markers} of a model's saved weights."""
    depth = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("branch.layers."))
    return {"depth": depth, "markers": "branch.edges.weight" in weights}


def load_weights(model, weights):
    """Loads saved weights; what a saved model of less design lacks (markers) keeps its initial values."""
    own = model.state_dict()
    if unknown := [k for k in weights if k not in own]:
        raise ValueError(f"the weights hold {unknown[0]}, which this model has not: give the options of the run that made them")
    model.load_state_dict({**own, **weights})


def allowed_tensor(names, allowed):
    out = torch.zeros(len(TYPES), len(TYPES), len(names))
    for (a, b), kinds in allowed.items():
        for k in kinds:
            out[TYPES.index(a), TYPES.index(b), names.index(k)] = 1
    return out
