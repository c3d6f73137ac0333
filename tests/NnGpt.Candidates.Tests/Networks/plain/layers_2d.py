import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        c = 8
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        self.layers = nn.ModuleList([
            nn.Conv2d(c, c, (3, 5), padding=(1, 2)), nn.Conv2d(c, c, 3, padding='same', dilation=2), nn.Conv2d(c, c, 3, padding='valid'), nn.Conv2d(c, c, 3, padding=1, padding_mode='circular'), nn.Conv2d(c, c, 3, padding=2, padding_mode='replicate', bias=False),
            nn.Conv2d(c, 2 * c, 3, groups=4), nn.ConvTranspose2d(c, 4, 3, stride=2, padding=1, output_padding=1), nn.ConvTranspose2d(c, c, 2, 2, groups=2, bias=False), nn.BatchNorm2d(c, affine=False), nn.BatchNorm2d(c, track_running_stats=False), nn.BatchNorm2d(c, momentum=None),
            nn.InstanceNorm2d(c), nn.InstanceNorm2d(c, affine=True, track_running_stats=True), nn.GroupNorm(2, c), nn.GroupNorm(1, c, affine=False), nn.LayerNorm([c, 32, 32]), nn.LayerNorm(32, elementwise_affine=False), nn.LocalResponseNorm(2),
            nn.MaxPool2d(2), nn.MaxPool2d((3, 2), stride=(2, 1), padding=(1, 0)), nn.AvgPool2d(3, stride=2, ceil_mode=True), nn.AdaptiveAvgPool2d(3), nn.AdaptiveMaxPool2d((2, 3)), nn.LPPool2d(2, 2), nn.Dropout2d(), nn.Dropout(0.1), nn.AlphaDropout(0.2), nn.FeatureAlphaDropout(),
            nn.ZeroPad2d(2), nn.ReflectionPad2d((1, 2, 3, 4)), nn.ReplicationPad2d(1), nn.ConstantPad2d(1, 3.5), nn.PixelShuffle(2), nn.PixelUnshuffle(2), nn.ChannelShuffle(4), nn.Upsample(scale_factor=2), nn.Upsample(size=(5, 7), mode='bilinear'), nn.UpsamplingNearest2d(scale_factor=2),
            nn.UpsamplingBilinear2d(scale_factor=2), nn.Flatten(2), nn.Unflatten(1, (2, 4)), nn.Unfold(2, stride=2), nn.Softmax2d(), nn.PReLU(c), nn.GLU(1), nn.Softmax(dim=1), nn.LogSoftmax(1), nn.Identity(), nn.CELU(0.3), nn.Hardtanh(-2, 2), nn.RReLU(), nn.Threshold(0.1, 20),
        ])
        self.fold = nn.Fold((32, 32), 2, stride=2)
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)

    def forward(self, x):
        x = self.stem(x)
        out = [layer(x) for layer in self.layers]
        p, i = self.pool(x)
        out += [self.unpool(p, i), self.fold(nn.functional.unfold(x, 2, stride=2))]
        return torch.stack([o.mean() for o in out] + [o.abs().sum() for o in out])[None]
