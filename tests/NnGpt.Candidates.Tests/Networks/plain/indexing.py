import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.register_buffer('idx', torch.tensor([2, 0, 1]))

    def forward(self, x):
        y = x.clone()
        y[0] = 1
        y[:, 1, 2:4, ::2] = 5.0
        y[..., -1] = y[..., 0] * 2
        y[y > 4] = -1
        y[1, 0, 0] += torch.arange(32)
        y[:, [0, 2]] = 0.25
        y[0, 1, torch.tensor([1, 2]), torch.tensor([3, 4])] = 9
        mask = torch.zeros(2, dtype=torch.bool)
        mask[1] = True
        out = [
            x[0, 0, 0, 0], x[1].sum(), x[-1, :, 3].sum(), x[:, None].sum(), x[..., 3:7].sum(), x[:, :, ::3, 1::2].sum(), x[:, self.idx].sum() - x[:, 0].sum(),
            x[mask].sum(), x[x > 0.3].mean(), x[0][1][2][3], x[:, [1, 0]][0, 0].sum(), x[torch.arange(2), torch.tensor([0, 2])].sum(), x[:, -2:].sum(),
            x[None, ..., None].shape[0] * torch.ones(()), x[..., torch.tensor([0, 5])].sum(), x[:, self.idx[:2], 3].sum(), x[True].sum(), y.sum(), y[0, 1].sum(), y[1, 2].sum(),
            x[:, range(2)].sum(), x[(0, 1)].sum(), x[0, ..., 0].sum(), x[x.argmax() % 2].sum(), x[:, :, torch.tensor([[0, 1], [2, 3]])].sum(),
        ]
        a, b = x
        for i, row in enumerate(x):
            out.append(row.mean() * (i + 1))
        out.append((a - b).abs().max())
        out.append(torch.tensor(len(x)))
        return torch.stack([o.float() for o in out])[None]
