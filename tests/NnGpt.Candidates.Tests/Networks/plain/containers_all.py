from collections import OrderedDict
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq = nn.Sequential(OrderedDict([('a', nn.Linear(32, 16)), ('b', nn.ReLU()), ('c', nn.Linear(16, 8))]))
        self.head = nn.Sequential(*list(self.seq.children())[:-1])
        self.tail = self.seq[1:]
        self.seq2 = nn.Sequential(nn.Linear(8, 8), nn.Tanh())
        self.seq2.append(nn.Linear(8, 4))
        self.seq2.insert(1, nn.LayerNorm(8))
        del self.seq2[2]
        self.seq2[0] = nn.Linear(8, 8, bias=False)
        self.list = nn.ModuleList([nn.Linear(4, 4)] * 2)
        self.list.append(nn.Linear(4, 4))
        self.list.extend([nn.Identity(), nn.Linear(4, 2)])
        self.list += [nn.Sigmoid()]
        self.dict = nn.ModuleDict({'x': nn.Linear(2, 2), 'y': nn.ReLU()})
        self.dict['z'] = nn.Linear(2, 3)
        self.dict.update({'w': nn.Identity()})
        self.params = nn.ParameterDict({'p': nn.Parameter(torch.ones(3)), 'q': nn.Parameter(torch.zeros(3))})
        self.add_module('extra-1', nn.Linear(3, 3))
        setattr(self, 'dyn0', nn.Linear(3, 3))
        self.names = [n for n, _ in self.named_modules()] + [n for n, _ in self.named_children()] + [n for n, p in self.named_parameters() if p.requires_grad]
        self.count = sum(p.numel() for p in self.parameters()) + len(list(self.buffers())) + len(self.seq) + len(self.list) + len(self.dict)
        self.text = repr(self)

    def forward(self, x):
        x = self.seq(x.mean((1, 2)))
        for m in self.seq2:
            x = m(x)
        for i, m in enumerate(self.list):
            x = m(x) if i < len(self.list) - 1 else x + m(x)
        for key in ['x', 'y', 'z']:
            x = self.dict[key](x)
        assert 'x' in self.dict and 'nope' not in self.dict
        assert list(self.dict.keys()) == ['x', 'y', 'z', 'w']
        x = x * self.params['p'] + self.params['q']
        x = getattr(self, 'dyn0')(x) + self._modules['extra-1'](x)
        return torch.cat([x, torch.full((x.size(0), 1), float(len(self.names) + self.count + len(self.text)))], 1)
