"""A script as they are found: options, a registry, a small language model, its cache, a training loop, hooks."""
import argparse, math, random, os
from collections import OrderedDict, defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache, partial, partialmethod, wraps
from typing import NamedTuple, Optional, Protocol
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset, Dataset
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence


class Norm(Enum):
    LAYER = "layer"
    RMS = "rms"


@dataclass
class Config:
    dim: int = 64
    heads: int = 4
    depth: int = 2
    vocab: int = 100
    norm: Norm = Norm.RMS
    windows: list = field(default_factory=lambda: [3, 5])

    @property
    def head_dim(self):
        return self.dim // self.heads

    def __post_init__(self):
        self.hidden = int(self.dim * 8 / 3)


class Out(NamedTuple):
    logits: torch.Tensor
    loss: Optional[torch.Tensor] = None


class Registry:
    _items = {}

    @classmethod
    def add(cls, name):
        def deco(c):
            cls._items[name] = c
            return c
        return deco

    def __class_getitem__(cls, name):
        return cls._items[name]


@Registry.add("swiglu")
class SwiGLU(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.w12 = nn.Linear(c.dim, 2 * c.hidden)
        self.w3 = nn.Linear(c.hidden, c.dim)

    def forward(self, x):
        a, b = self.w12(x).chunk(2, -1)
        return self.w3(F.silu(a) * b)


class Cache:
    def __init__(self):
        self.k = self.v = None

    def __call__(self, k, v):
        self.k = k if self.k is None else torch.cat((self.k, k), dim=2)
        self.v = v if self.v is None else torch.cat((self.v, v), dim=2)
        return self.k, self.v


@lru_cache(maxsize=None)
def rope(n, d, base=10000.0):
    inv = base ** (-torch.arange(0, d, 2) / d)
    ang = torch.outer(torch.arange(n), inv)
    return torch.polar(torch.ones_like(ang), ang)


def apply_rope(x, f):
    z = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(z * f).flatten(-2).type_as(x)


class Attn(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.qkv = nn.Linear(c.dim, 3 * c.dim, bias=False)
        self.o = nn.Linear(c.dim, c.dim, bias=False)

    def forward(self, x, cache=None, offset=0):
        b, n, _ = x.shape
        q, k, v = (t.unflatten(-1, (self.c.heads, -1)).transpose(1, 2) for t in self.qkv(x).split(self.c.dim, dim=-1))
        f = rope(256, self.c.head_dim)[offset:offset + n]
        q, k = map(partial(apply_rope, f=f), (q, k))
        if cache is not None:
            k, v = cache(k, v)
        w = F.scaled_dot_product_attention(q, k, v, is_causal=cache is None)
        return self.o(w.transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        mk = {Norm.LAYER: nn.LayerNorm, Norm.RMS: nn.RMSNorm}[c.norm]
        self.layers = nn.ModuleDict(OrderedDict(attn=Attn(c), ff=Registry["swiglu"](c)))
        self.norms = nn.ParameterDict({k: nn.Parameter(torch.ones(c.dim)) for k in self.layers})
        self.n = mk(c.dim)

    def forward(self, x, **kw):
        for name, layer in self.layers.items():
            h = self.n(x) * self.norms[name]
            x = x + (layer(h, **kw) if name == "attn" else layer(h))
        return x


class LM(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.emb = nn.Embedding(c.vocab, c.dim)
        self.blocks = nn.Sequential(*[Block(c) for _ in range(c.depth)])
        self.head = nn.Linear(c.dim, c.vocab, bias=False)
        self.head.weight = self.emb.weight
        self.apply(self._init)

    def _init(self, m):
        match m:
            case nn.Linear(weight=w):
                nn.init.normal_(w, std=0.02)
            case nn.Embedding():
                nn.init.normal_(m.weight, std=0.02)

    def forward(self, idx, targets=None, caches=None, offset=0):
        x = self.emb(idx)
        for i, blk in enumerate(self.blocks):
            x = blk(x, cache=caches[i] if caches else None, offset=offset)
        logits = self.head(x)
        if targets is None:
            return Out(logits)
        return Out(logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten()))

    @torch.no_grad()
    def generate(self, idx, steps, k=10, temperature=0.8):
        caches = [Cache() for _ in self.blocks]
        pos, inp = 0, idx
        while (steps := steps - 1) >= 0:
            out = self(inp, caches=caches, offset=pos)
            last = out.logits[:, -1] / temperature
            v, i = last.topk(k)
            last[last < v[:, [-1]]] = -float("inf")
            probs = last.softmax(-1)
            nxt = torch.multinomial(probs, 1)
            pos += inp.size(1)
            inp = nxt
            idx = torch.cat([idx, nxt], 1)
        return idx


parser = argparse.ArgumentParser()
parser.add_argument("--batch", type=int, default=8)
parser.add_argument("--steps", type=int, default=3)
args = parser.parse_args([])
cfg = Config(dim=96)
model = LM(cfg)
data = TensorDataset(torch.randint(0, cfg.vocab, (32, 17)), torch.arange(32))
loader = DataLoader(data, batch_size=args.batch, shuffle=True, drop_last=True)
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=args.steps)
losses = defaultdict(list)
for step, (seq, ids) in enumerate(loader):
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=False):
        out = model(seq[:, :-1], seq[:, 1:])
    opt.zero_grad(set_to_none=True)
    out.loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    opt.step(); sched.step()
    losses["train"].append(out.loss.detach())
mean = torch.stack(losses["train"]).mean()
gen = model.eval().generate(torch.zeros(2, 1, dtype=torch.long), 5)
acts = {}
def hook(name, m, inp, outp):
    acts[name] = outp.detach()
for n, m in model.named_modules():
    if isinstance(m, Attn):
        m.register_forward_hook(partial(hook, n))
_ = model(torch.zeros(3, 7, dtype=torch.long))
stacked = torch.stack(list(acts.values()))
seqs = [torch.randn(n, 5) for n in (4, 2, 6)]
padded = pad_sequence(seqs, batch_first=True)
lens = torch.tensor([len(s) for s in seqs])
packed = pack_padded_sequence(padded, lens, batch_first=True, enforce_sorted=False)
rnn = nn.GRU(5, 8, num_layers=2, bidirectional=True, batch_first=True)
o, h = rnn(packed)
y, l = pad_packed_sequence(o, batch_first=True)
mask = torch.arange(y.size(1))[None] < l[:, None]
pooled = (y * mask.unsqueeze(-1)).sum(1) / l.unsqueeze(-1)
sd = {k.replace("blocks.", "b"): v.half() for k, v in model.state_dict().items() if v.ndim == 2}
total = sum(p.numel() for p in model.parameters())
flat = torch.cat([p.reshape(-1) for p in model.parameters()])
