import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(3)
        self.a = nn.Parameter(torch.randn(4, 5))
        self.b = nn.Parameter(torch.rand(4, 5))
        self.register_buffer('c', torch.randint(0, 10, (4,)))
        self.register_buffer('d', torch.randperm(6))
        self.register_buffer('e', torch.bernoulli(torch.full((3, 3), 0.5)))
        self.register_buffer('f', torch.normal(0.0, 1.0, size=(3,)))
        self.register_buffer('g', torch.empty(3).uniform_(-1, 1))
        self.register_buffer('h', torch.randn_like(self.f) + torch.rand_like(self.f))
        self.register_buffer('i', torch.zeros(4).exponential_())
        self.register_buffer('j', torch.multinomial(torch.ones(5), 3))
        self.register_buffer('k', torch.randint(5, (2, 2)))
        self.register_buffer('l', torch.normal(torch.zeros(3), torch.ones(3)))
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        vals = [v.float().sum() for v in self.state_dict().values()]
        self.dropout.train()
        vals.append(self.dropout(x).sum())
        vals.append(nn.functional.dropout2d(x, 0.3, True).sum())
        return torch.stack(vals)[None]
