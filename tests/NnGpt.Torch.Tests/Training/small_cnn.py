"""Losses of a small convolutional network trained for five steps, by plain PyTorch, one a line."""
import torch
import torch.nn.functional as F

torch.manual_seed(3)
x = torch.randn(16, 3, 12, 12)
y = torch.arange(16) % 5
parameters = [torch.randn(8, 3, 3, 3) * 0.2, torch.zeros(8), torch.randn(5, 8 * 36) * 0.05, torch.zeros(5)]
for parameter in parameters:
    parameter.requires_grad_()
optimizer = torch.optim.SGD(parameters, lr=0.05, momentum=0.9, weight_decay=1e-3)
for step in range(5):
    h = F.max_pool2d(F.relu(F.conv2d(x, parameters[0], parameters[1], padding=1)), 2)
    loss = F.cross_entropy(F.linear(h.flatten(1), parameters[2], parameters[3]), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(repr(loss.item()))
optimizer = torch.optim.AdamW(parameters, lr=0.01, weight_decay=0.1)
for step in range(5):
    h = F.max_pool2d(F.relu(F.conv2d(x, parameters[0], parameters[1], padding=1)), 2)
    loss = F.cross_entropy(F.linear(h.flatten(1), parameters[2], parameters[3]), y)
    optimizer.zero_grad()
    loss.backward()
    print(repr(torch.nn.utils.clip_grad_norm_(parameters, 0.5).item()))
    optimizer.step()
    print(repr(loss.item()))
