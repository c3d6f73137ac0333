"""A LLaMA-style decoder as one writes it in PyTorch, in float32, eager. Every line is a command, every answer numbers:
train|finetune VOCAB DIM LAYERS HEADS FF ROWS LENGTH STEPS -> "WALL CPU" milliseconds of each step, after one that is not counted
sample VOCAB DIM LAYERS HEADS FF ROWS PROMPT NEW            -> "WALL CPU" milliseconds of all"""
import math
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


class RmsNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


class Lora(nn.Module):
    def __init__(self, base, rank=16, alpha=32):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        self.a = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + (x @ self.a.T @ self.b.T) * self.scale


def rotate(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


class Layer(nn.Module):
    def __init__(self, dim, heads, ff):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = RmsNorm(dim), RmsNorm(dim)
        self.q, self.k, self.v, self.o = (nn.Linear(dim, dim, bias=False) for _ in range(4))
        self.gate, self.up, self.down = nn.Linear(dim, ff, bias=False), nn.Linear(dim, ff, bias=False), nn.Linear(ff, dim, bias=False)

    def forward(self, x, cos, sin, mask, cache, start):
        rows, length, dim = x.shape
        h = self.norm1(x)
        q, k, v = (part(h).view(rows, length, self.heads, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if cache is not None:
            cache[0][:, :, start:start + length], cache[1][:, :, start:start + length] = k, v
            k, v = cache[0][:, :, :start + length], cache[1][:, :, :start + length]
        scores = q @ k.transpose(2, 3) / math.sqrt(dim // self.heads)
        if mask is not None:
            scores = scores.masked_fill(mask, float("-inf"))
        x = x + self.o((scores.softmax(-1) @ v).transpose(1, 2).reshape(rows, length, dim))
        h = self.norm2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self, vocab, dim, layers, heads, ff):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.layers = nn.ModuleList(Layer(dim, heads, ff) for _ in range(layers))
        self.norm = RmsNorm(dim)
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, 0, 0.02)
        half = dim // heads // 2
        angles = torch.arange(2048)[:, None] * 10000 ** (-torch.arange(half) / half)[None, :]
        self.cos, self.sin = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)

    def forward(self, ids, caches=None, start=0):
        length = ids.shape[1]
        cos, sin = self.cos[start:start + length], self.sin[start:start + length]
        mask = torch.ones(length, length, dtype=torch.bool).triu(1) if length > 1 else None
        x = self.embedding(ids)
        for i, layer in enumerate(self.layers):
            x = layer(x, cos, sin, mask, caches[i] if caches else None, start)
        return self.norm(x) @ self.embedding.weight.T


def clock():
    return time.perf_counter(), time.process_time()


def between(a, b):
    return ["%.3f %.3f" % ((b[0] - a[0]) * 1e3, (b[1] - a[1]) * 1e3)]


def train(shape, rows, length, steps, lora):
    torch.manual_seed(1)
    model = Model(*shape)
    if lora:
        for p in model.parameters():
            p.requires_grad = False
        for layer in model.layers:
            for name in ("q", "k", "v", "o", "gate", "up", "down"):
                setattr(layer, name, Lora(getattr(layer, name)))
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-3)
    ids = torch.randint(0, shape[0], (rows, length + 1))
    answers = []
    for step in range(steps + 1):
        begin = clock()
        loss = F.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        loss.item()
        if step > 0:
            answers += between(begin, clock())
    return answers


@torch.no_grad()
def sample(shape, rows, prompt, new):
    torch.manual_seed(1)
    model = Model(*shape)
    begin = clock()
    caches = [tuple(torch.zeros(rows, shape[3], prompt + new, shape[1] // shape[3]) for _ in range(2)) for _ in range(shape[2])]
    ids = torch.randint(0, shape[0], (1, prompt)).expand(rows, prompt)
    start = 0
    for _ in range(new):
        logits = model(ids, caches, start)[:, -1] / 0.8
        start += ids.shape[1]
        top = logits.topk(50).values[:, -1:]
        ids = torch.multinomial(logits.masked_fill(logits < top, float("-inf")).softmax(-1), 1)
    return between(begin, clock())


for line in sys.stdin:
    command, *numbers = line.split()
    n = [int(number) for number in numbers]
    print(*(sample(n[:5], *n[5:]) if command == "sample" else train(n[:5], *n[5:], command == "finetune")), sep=";", flush=True)
