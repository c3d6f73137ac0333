from torch import nn


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 8, 3, padding=1)
        self.right = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        return self.left(x), self.right(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.branches = Branches()
        self.fuse = nn.Conv2d(8, 16, 3, bias=False)
        self.head = nn.Linear(16, 10)

    def forward(self, x):
        return self.head(self.fuse(self.branches(x)).mean((2, 3)))
