import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.ModuleList([
            nn.Conv1d(3, 4, 3), nn.Conv1d(3, 6, 5, stride=2, padding=2, groups=3, bias=False), nn.ConvTranspose1d(3, 2, 4, stride=2), nn.BatchNorm1d(3), nn.InstanceNorm1d(3, affine=True), nn.MaxPool1d(2), nn.AvgPool1d(2, 1), nn.AdaptiveAvgPool1d(5), nn.AdaptiveMaxPool1d(3),
            nn.LPPool1d(2, 3), nn.ReflectionPad1d(2), nn.ReplicationPad1d(1), nn.ConstantPad1d((1, 2), 0.5), nn.Dropout1d(0.3), nn.Upsample(scale_factor=2, mode='linear'), nn.Linear(32, 5), nn.Linear(32, 5, bias=False), nn.LayerNorm(32),
        ])
        self.three = nn.ModuleList([
            nn.Conv3d(2, 3, 3, padding=1), nn.Conv3d(2, 4, (1, 3, 3), bias=False), nn.ConvTranspose3d(2, 2, 2, stride=2), nn.BatchNorm3d(2), nn.InstanceNorm3d(2), nn.MaxPool3d(2, 1), nn.AvgPool3d(2), nn.AdaptiveAvgPool3d((1, 2, 2)), nn.AdaptiveMaxPool3d(1),
            nn.Dropout3d(), nn.ReplicationPad3d(1), nn.ConstantPad3d(1, 2.0), nn.Upsample(scale_factor=2, mode='trilinear'), nn.ReflectionPad3d(1),
        ])
        self.bilinear = nn.Bilinear(4, 5, 3)
        self.cos = nn.CosineSimilarity(dim=1)
        self.dist = nn.PairwiseDistance()

    def forward(self, x):
        a = x.mean(2)
        v = x.flatten(1)[:, :2 * 3 * 8 * 8].reshape(2, 2, 3, 8, 8)
        out = [m(a) for m in self.one] + [m(v) for m in self.three]
        out += [self.bilinear(a[:, 0, :4], a[:, 1, :5]), self.cos(a[:, 0], a[:, 1]), self.dist(a[:, 0], a[:, 1])]
        return torch.stack([o.mean() for o in out] + [o.abs().sum() for o in out])[None]
