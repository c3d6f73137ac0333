from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

import torch
import torch.nn as nn


@dataclass
class Config:
    inputs: int
    _: KW_ONLY
    hidden: int = 16
    layers: int = 2


class WeightDrop(nn.Module):
    """The recurrent weights become parameters of another name, and plain tensors are put in their place."""

    def __init__(self, lstm, p):
        super().__init__()
        self.lstm, self.p = lstm, p
        self.names = [name for name, _ in lstm.named_parameters() if 'weight_hh' in name]
        for name in self.names:
            weight = getattr(lstm, name)
            del lstm._parameters[name]
            lstm.register_parameter(name + '_raw', nn.Parameter(weight.data))

    def forward(self, x):
        for name in self.names:
            raw = getattr(self.lstm, name + '_raw')
            setattr(self.lstm, name, nn.functional.dropout(raw, p=self.p, training=self.training) * 0.9)
        return self.lstm(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(96, hidden=20)
        self.rnn = WeightDrop(nn.LSTM(config.inputs, config.hidden, config.layers, batch_first=True, bidirectional=True), 0.3)
        self.head = nn.Linear(2 * config.hidden, 10)

    def forward(self, x):
        y, _ = self.rnn(x.permute(0, 2, 1, 3).flatten(2))
        return self.head(y[:, -1])
