# Tensors too large, or too many, for the machine.

#: zeros -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(25_000_000_000)
x += 1

#: empty -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.empty(10 ** 12)

#: rand -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.rand(10 ** 6, 10 ** 6)

#: full -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((10 ** 11,), 1.0)

#: randperm -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.randperm(10 ** 11)

#: arange -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.arange(10 ** 12)

#: linspace -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.linspace(0, 1, 10 ** 12)

#: eye -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.eye(10 ** 6)

#: overflowing size
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(2 ** 40, 2 ** 40)

#: negative size -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(-5)

#: size of 2**63
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(2 ** 63)

#: Tensor of sizes -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.Tensor(10 ** 6, 10 ** 6)

#: many small ones -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
x = []
while True:
    x.append(torch.ones(1_000_000))

#: many of one element -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
x = []
while True:
    x.append(torch.ones(1))

#: graph without end -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.ones(1000, 1000, requires_grad=True)
y = x
while True:
    y = y * x

#: repeat -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1000).repeat(10 ** 9)

#: tile -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.tile(torch.zeros(1000), (10 ** 9,))

#: repeat_interleave -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.repeat_interleave(torch.zeros(1000), 10 ** 9)

#: repeat_interleave by tensor -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.repeat_interleave(torch.zeros(1), torch.tensor([10 ** 11]))

#: contiguous of expand -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1).expand(10 ** 11).contiguous()

#: broadcast -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(10 ** 6, 1) * torch.zeros(1, 10 ** 6)

#: outer -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.outer(torch.zeros(10 ** 6), torch.zeros(10 ** 6))

#: matmul -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(10 ** 6, 1) @ torch.zeros(1, 10 ** 6)

#: bmm -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bmm(torch.zeros(1, 10 ** 6, 1), torch.zeros(1, 1, 10 ** 6))

#: einsum -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.einsum('i,j->ij', torch.zeros(10 ** 6), torch.zeros(10 ** 6))

#: einsum of five -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(1000)
torch.einsum('a,b,c,d,e->abcde', x, x, x, x, x)

#: tensordot -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.tensordot(torch.zeros(10 ** 6), torch.zeros(10 ** 6), 0)

#: kron -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.kron(torch.zeros(10 ** 6), torch.zeros(10 ** 6))

#: cdist -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cdist(torch.zeros(10 ** 6, 1), torch.zeros(10 ** 6, 1))

#: pdist -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
F.pdist(torch.zeros(10 ** 6, 1))

#: cat of many -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(10 ** 7)
torch.cat([x] * 10 ** 4)

#: stack of many -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(10 ** 7)
torch.stack([x] * 10 ** 4)

#: meshgrid -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(10 ** 4)
[t.contiguous() for t in torch.meshgrid(x, x, x)]

#: cartesian_prod -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(10 ** 4)
torch.cartesian_prod(x, x, x)

#: combinations -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.combinations(torch.arange(10 ** 6))

#: tril_indices -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.tril_indices(10 ** 6, 10 ** 6)

#: triu_indices -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.triu_indices(10 ** 6, 10 ** 6)

#: vander -> Memory, Unsupported
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.vander(torch.ones(10 ** 4), 10 ** 9)

#: diag -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.diag(torch.zeros(10 ** 6))

#: diag_embed -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.diag_embed(torch.zeros(10 ** 6))

#: block_diag -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.block_diag(*[torch.zeros(10 ** 4, 1)] * 100, torch.zeros(1, 10 ** 9))

#: one_hot -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.one_hot(torch.zeros(10 ** 4, dtype=torch.long), 10 ** 8)

#: one_hot by its labels -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.one_hot(torch.tensor([10 ** 12]))

#: bincount -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bincount(torch.tensor([10 ** 12]))

#: bincount minlength -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bincount(torch.tensor([1]), minlength=10 ** 12)

#: histc -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.histc(torch.zeros(3), bins=10 ** 12)

#: embedding -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding(torch.zeros(10 ** 6, dtype=torch.long), torch.zeros(1, 10 ** 6))

#: index -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(10, 10 ** 6)[torch.zeros(10 ** 6, dtype=torch.long)]

#: gather -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.gather(torch.zeros(1).expand(10 ** 6), 0, torch.zeros(1, dtype=torch.long).expand(10 ** 12))

#: unfold -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(10 ** 6).unfold(0, 10 ** 5, 1).contiguous()

#: F.unfold -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.unfold(torch.zeros(1, 64, 2000, 2000), 31)

#: pad -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.pad(torch.zeros(1, 1, 4, 4), (10 ** 6, 10 ** 6, 10 ** 6, 10 ** 6))

#: interpolate -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.interpolate(torch.zeros(1, 1, 4, 4), size=(10 ** 6, 10 ** 6))

#: interpolate by scale
import torch
import torch.nn as nn
import torch.nn.functional as F
F.interpolate(torch.zeros(1, 1, 4, 4), scale_factor=1e9)

#: adaptive_avg_pool2d -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.adaptive_avg_pool2d(torch.zeros(1, 1, 4, 4), 10 ** 6)

#: max_unpool2d -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_unpool2d(torch.zeros(1, 1, 2, 2), torch.zeros(1, 1, 2, 2, dtype=torch.long), 2, output_size=(10 ** 6, 10 ** 6))

#: conv_transpose2d -> Memory, Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv_transpose2d(torch.zeros(1, 1, 100, 100), torch.zeros(1, 1, 1, 1), stride=10 ** 5)

#: conv2d padding -> Memory, Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 1, 1), padding=10 ** 6)

#: conv1d of many channels -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv1d(torch.zeros(1, 1, 10 ** 6), torch.zeros(10 ** 5, 1, 1))

#: fft -> Memory, Unsupported, Attribute
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.fft.fft(torch.zeros(3), n=10 ** 12)

#: affine_grid -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.affine_grid(torch.zeros(1, 2, 3), (1, 1, 10 ** 6, 10 ** 6))

#: grid_sample -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
F.grid_sample(torch.zeros(1, 1000, 4, 4), torch.zeros(1, 1, 1, 2).expand(1, 10 ** 4, 10 ** 4, 2))

#: pixel_shuffle
import torch
import torch.nn as nn
import torch.nn.functional as F
F.pixel_shuffle(torch.zeros(1, 4, 4, 4), 2 ** 31)

#: float64 of a view -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1).expand(10 ** 11).double()

#: clone of a view -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1).expand(10 ** 11).clone(memory_format=torch.contiguous_format)

#: tolist of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1).expand(10 ** 11).tolist()

#: repr of a view -> Memory, Time, Contract
import torch
import torch.nn as nn
import torch.nn.functional as F
print(torch.zeros(1).expand(10 ** 11))

#: numpy of a view
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1).expand(10 ** 11).numpy()

#: nonzero of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(1).expand(10 ** 11).nonzero()

#: sum of a view -> Time, Contract
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(1).expand(10 ** 13).sum()

#: sort of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(1).expand(10 ** 11).sort()

#: cumsum of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(1).expand(10 ** 11).cumsum(0)

#: softmax of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(1).expand(10 ** 11).softmax(0)

#: gradient of a view -> Memory, Time
import torch
import torch.nn as nn
import torch.nn.functional as F
w = torch.ones(1, requires_grad=True)
w.expand(10 ** 11).mul(2).sum().backward()

#: multinomial -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.multinomial(torch.ones(3), 10 ** 12, replacement=True)

#: Linear -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Linear(10 ** 6, 10 ** 6)

#: Conv2d -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Conv2d(10 ** 5, 10 ** 5, 3)

#: Embedding -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Embedding(10 ** 9, 10 ** 3)

#: LSTM -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.LSTM(10 ** 5, 10 ** 5)

#: Transformer -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.TransformerEncoderLayer(10 ** 5, 8)

#: Bilinear -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Bilinear(10 ** 4, 10 ** 4, 10 ** 4)

#: Parameter -> Parameters, Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Parameter(torch.zeros(10 ** 11))

#: BatchNorm -> Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.BatchNorm2d(10 ** 11)

#: buffer -> Memory
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.Module()
m.register_buffer('x', torch.zeros(10 ** 11))

#: many layers -> Memory, Time, Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
x = []
while True:
    x.append(nn.Linear(500, 500))

#: optimizer state -> Memory, Parameters
import torch
import torch.nn as nn
import torch.nn.functional as F
w = torch.zeros(6 * 10 ** 7, requires_grad=True)
o = torch.optim.Adam([w])
while True:
    w.sum().backward(retain_graph=True)
    o.step()

#: sparse tensor of terabytes -> Memory
import torch
torch.sparse_coo_tensor([[0], [0]], [1.0], (10 ** 6, 10 ** 6))

#: tensor without a size given one of terabytes -> Memory, Parameters
import torch.nn as nn
nn.UninitializedParameter().materialize((10 ** 6, 10 ** 6))
