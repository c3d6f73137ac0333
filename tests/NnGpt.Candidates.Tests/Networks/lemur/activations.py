import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}

ACTIVATIONS = {
    'elu': nn.ELU, 'selu': nn.SELU, 'celu': nn.CELU, 'hardswish': nn.Hardswish, 'softplus': nn.Softplus,
    'leaky': lambda: nn.LeakyReLU(0.1, inplace=True), 'mish': nn.Mish, 'tanh': nn.Tanh, 'hardsigmoid': nn.Hardsigmoid,
    'softsign': nn.Softsign, 'logsigmoid': nn.LogSigmoid, 'hardtanh': nn.Hardtanh, 'gelu': lambda: nn.GELU(approximate='tanh'),
    'softshrink': nn.Softshrink, 'hardshrink': nn.Hardshrink, 'tanhshrink': nn.Tanhshrink,
    'threshold': lambda: nn.Threshold(0.1, 0.0), 'relu6': nn.ReLU6,
}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.conv = nn.Conv2d(in_shape[1], 6, 3, stride=2, padding=1)
        self.acts = nn.ModuleDict({name: make() for name, make in ACTIVATIONS.items()})
        self.norms = nn.ModuleList(nn.BatchNorm2d(6) for _ in self.acts)
        self.glu = nn.GLU(dim=1)
        self.rrelu = nn.RReLU()
        self.fc = nn.Linear(3 * 16 * 16, out_shape[0])

    def forward(self, x):
        x = self.conv(x)
        for (name, act), norm in zip(self.acts.items(), self.norms):
            x = norm(act(x)) + x
        x = self.rrelu(self.glu(x))
        return F.log_softmax(self.fc(x.flatten(1)), dim=1)

    def train_setup(self, prm):
        self.criterion = nn.NLLLoss()
        self.optimizer = torch.optim.AdamW(self.parameters(), lr=prm['lr'])

    def learn(self, train_data):
        for x, y in train_data:
            self.optimizer.zero_grad()
            loss = self.criterion(self(x), y)
            loss.backward()
            self.optimizer.step()
