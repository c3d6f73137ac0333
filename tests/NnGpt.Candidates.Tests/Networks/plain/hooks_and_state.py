import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(32, 8)
        self.bn = nn.BatchNorm1d(8)
        self.calls = 0
        self.h = self.a.register_forward_hook(self.count)
        other = nn.Linear(32, 8)
        self.a.load_state_dict(other.state_dict())
        sd = self.state_dict()
        sd = {k: v for k, v in sd.items() if 'num' not in k}
        missing = self.load_state_dict(sd, strict=False)
        self.nmissing = len(missing[0])
        self.train()
        self.eval()
        self.bn.train()
        self.was = self.training
        self.apply(lambda m: setattr(m, 'tag', 3))
        self.half_sum = sum(m.tag for m in self.modules())

    def count(self, module, inp, out):
        self.calls += 1

    def forward(self, x):
        x = self.bn(self.a(x.mean((1, 2))))
        self.a(torch.zeros(1, 32))
        self.h.remove()
        self.a(torch.zeros(1, 32))
        g = torch.tensor([self.calls, self.nmissing, int(self.was), self.half_sum, int(self.bn.training), len(list(self.named_buffers()))]).float()
        return torch.cat([x.flatten(), g, self.bn.running_mean, self.bn.num_batches_tracked.float()[None]])[None]
