import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.stem = nn.Conv2d(in_shape[1], 8, 3, stride=4, padding=1)
        self.gru = nn.GRU(input_size=8, hidden_size=16, num_layers=2, dropout=0.1)
        self.rnn = nn.RNN(16, 16, nonlinearity='relu', batch_first=True)
        self.fc = nn.Linear(16, out_shape[0])

    def forward(self, x):
        x = self.stem(x).flatten(2).permute(2, 0, 1)
        out, h = self.gru(x)
        out, _ = self.rnn(out.transpose(0, 1))
        return self.fc(h[-1] + out[:, -1])

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
