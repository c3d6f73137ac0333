import torch
import torch.nn as nn


class Custom(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.fc = nn.Linear(n, n)

    def extra_repr(self) -> str:
        return 'n={}'.format(self.n)

    def forward(self, x):
        return self.fc(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Dropout(0.3), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), Custom(8))
        self.b = nn.ModuleList([nn.GELU(), nn.LeakyReLU(0.2), nn.LayerNorm(8), nn.GroupNorm(2, 8), nn.Embedding(10, 4, padding_idx=0), nn.LSTM(4, 8, 2, batch_first=True), nn.ConvTranspose2d(3, 4, 2, 2), nn.Upsample(scale_factor=2, mode='bilinear'),
                                nn.Softmax(dim=1), nn.ELU(), nn.Hardtanh(), nn.ReLU6(), nn.AvgPool2d(2), nn.PReLU(), nn.Identity(), nn.MultiheadAttention(8, 2), nn.TransformerEncoderLayer(8, 2), nn.CrossEntropyLoss(), nn.PixelShuffle(2), nn.ZeroPad2d(1), nn.Unflatten(1, (2, 4))])
        self.text = str(self)
        lines = self.text.split('\n')
        print(self.text)
        self.v = torch.tensor([float(len(self.text)), float(len(lines))] + [float(len(line)) for line in lines])

    def forward(self, x):
        s = [len(repr(torch.ones(2, 3))), len(str(x.shape)), len(f"{x.shape}"), len(str(x.dtype)), len(str(x.device)), len(repr(torch.tensor([1, 2]))), len(str(x.size())), len('%s' % x.dtype), len(str(torch.tensor(1.5)))]
        return torch.cat([self.v, torch.tensor(s, dtype=torch.float)])[None]
