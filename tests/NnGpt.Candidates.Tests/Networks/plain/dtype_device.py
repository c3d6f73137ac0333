import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, device=None):
        super().__init__()
        self.device = device or torch.device('cuda' if torch.cuda.is_available() else 'cpu')
        self.lin = nn.Linear(3, 4, dtype=torch.float64).to(self.device)
        self.conv = nn.Conv2d(3, 4, 1).to('cpu').double().float()
        self.buf = torch.zeros(2, 2, device=self.device, dtype=torch.int32)
        self.to(device=self.device, dtype=torch.float32)
        self.ok = [str(self.device), self.lin.weight.dtype == torch.float32, next(self.parameters()).device.type, torch.float32.is_floating_point, self.device == torch.device('cpu'), isinstance(self.device, torch.device)]

    def forward(self, x):
        x = x.to(next(self.parameters()).device, non_blocking=True).to(dtype=torch.float32)
        y = self.lin(x.mean((2, 3)).type(torch.FloatTensor)) + self.conv(x).mean((2, 3)).float()
        b = (y > 0).to(torch.int64) + (y > 0).int() + y.bool().long() + y.round().to(torch.uint8).long() % 3
        z = torch.zeros(y.shape, dtype=y.dtype, device=y.device) + torch.ones(*y.shape[:1], 4)
        half = y.half().float()
        assert y.is_cuda is False and x.is_contiguous()
        return torch.cat([y, b.float(), z, half, torch.tensor([[float(bool(v)) for v in self.ok[1:]]]).expand(2, -1), x.to(memory_format=torch.channels_last).contiguous().mean((2, 3))], 1)
