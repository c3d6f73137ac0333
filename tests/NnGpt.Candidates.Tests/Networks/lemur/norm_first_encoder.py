import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        d = 12
        self.patch = nn.Conv2d(in_shape[1], d, 8, 8)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 3, 24, 0.1, norm_first=True), 2, norm=nn.LayerNorm(d))
        self.decoder = nn.TransformerDecoderLayer(d_model=d, nhead=3, dim_feedforward=24, dropout=0.0)
        self.query = nn.Parameter(torch.empty(1, 1, d))
        nn.init.xavier_uniform_(self.query)
        self.fc = nn.Linear(d, out_shape[0])

    def forward(self, x):
        x = self.patch(x).flatten(2).permute(2, 0, 1)
        memory = self.encoder(x)
        out = self.decoder(self.query.repeat(1, x.size(1), 1), memory)
        return self.fc(out.squeeze(0))

    def train_setup(self, prm):
        self.to(self.device)
        self.criteria = (nn.CrossEntropyLoss().to(self.device),)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

    def learn(self, train_data):
        self.train()
        for inputs, labels in train_data:
            inputs, labels = inputs.to(self.device), labels.to(self.device)
            self.optimizer.zero_grad()
            outputs = self(inputs)
            loss = self.criteria[0](outputs, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters(), 3)
            self.optimizer.step()
