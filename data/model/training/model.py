"""The model: shared encoder, tag head, and a pair head that scores relationships, factuality and antecedents."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from corpus import MODALITIES, POLARITIES, TAGS, TYPES
from encoder import Layer

FORBIDDEN = -30.0
ZONES = 5


class PairHead(nn.Module):
    """Scores ordered pairs of mentions over the states of one window.

    The states first pass one more transformer layer in which the tokens of every mention carry its type (`mark`), so that
    a pair sees the mentions around it. A pair is then start, end and mean states of both spans, their product, what four
    attention heads read in the sentence (biased by where a token stands: before, in, between, after the two), distance.
    """

    def __init__(self, allowed, relations, hidden=384, heads=12, feed=1536, width=256, inner=384, dropout=0.1):
        """allowed: float [types, types, relations], 1 where the ontology permits the relationship."""
        super().__init__()
        self.register_buffer("allowed", allowed)
        self.kind = nn.Embedding(2 * len(TYPES), hidden)
        self.layer = Layer(hidden, heads, feed, 1e-12, dropout)
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
        nn.init.normal_(self.kind.weight, std=0.02)
        nn.init.zeros_(self.zone.weight)
        nn.init.normal_(self.relation.weight, std=0.02)
        nn.init.constant_(self.relation.bias, -6.0)
        nn.init.constant_(self.antecedent[-1].bias, -1.0)

    def mark(self, states, bias, inside, kinds):
        """states [B,T,H]; bias [B,1,1,T]; inside [B,M,T] (1 on a mention's tokens); kinds [B,M] (type + 11 if by description)."""
        return self.layer(states + inside.transpose(1, 2) @ self.kind(kinds), bias)

    @staticmethod
    def spans(x, starts, ends, inside):
        """x [T,H], inside [M,T] -> [M,3H]: first state, last word's state, mean."""
        return torch.cat([x[starts], x[ends], (inside @ x) / inside.sum(-1, keepdim=True)], -1)

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

    def window(self, x, starts, ends, kinds, inside, subjects, objects, contexts, across, mentions, candidates):
        """Features of one window's pairs: relation features [P,*] and antecedent features [Q,*]."""
        spans = self.spans(x, starts, ends, inside)
        types = kinds % len(TYPES)
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

    def forward(self, states, span_starts, span_ends, span_types, span_named, pair_subjects, pair_objects, pair_contexts, pair_across,
                antecedent_mentions, antecedent_candidates):
        """One window without padding (the exported graph); shapes as INTERFACE.md gives them."""
        at = torch.arange(states.shape[0])[None, :]
        inside = ((at >= span_starts[:, None]) & (at <= span_ends[:, None])).to(states.dtype)
        kinds = span_types + len(TYPES) * (1 - span_named)
        bias = torch.zeros(1, 1, 1, 1)
        x = self.mark(states[None], bias, inside[None], kinds[None])[0]
        return self.scores(*self.window(x, span_starts, span_ends, kinds, inside, pair_subjects, pair_objects, pair_contexts, pair_across,
                                        antecedent_mentions, antecedent_candidates))


class Model(nn.Module):
    def __init__(self, encoder, allowed, relations, dropout=0.1):
        super().__init__()
        self.encoder = encoder
        self.tags = nn.Linear(encoder.words.embedding_dim, len(TAGS))
        self.pairs = PairHead(allowed, relations, encoder.words.embedding_dim, dropout=dropout)
        self.pairs.layer.load_state_dict(encoder.layers[-1].state_dict())
        self.dropout = dropout

    def tag_logits(self, states):
        return self.tags(F.dropout(states, self.dropout, self.training))


def allowed_tensor(names, allowed):
    out = torch.zeros(len(TYPES), len(TYPES), len(names))
    for (a, b), kinds in allowed.items():
        for k in kinds:
            out[TYPES.index(a), TYPES.index(b), names.index(k)] = 1
    return out
