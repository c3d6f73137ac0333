"""Trains a network with PyTorch itself on exported batches, by the protocol that the worker follows.

usage: train_reference.py SOURCE BATCHES
BATCHES: int32 count, then for every batch: int32 part (0 train, 1 evaluate), n, c, h, w; float32 images; int64 labels.
Prints JSON: losses, correct, images.
"""
import json
import struct
import sys

import numpy
import torch

torch.set_num_threads(1)
source, path = sys.argv[1:]
parts = [], []
with open(path, 'rb') as file:
    count, = struct.unpack('<i', file.read(4))
    for _ in range(count):
        part, *shape = struct.unpack('<5i', file.read(20))
        images = numpy.frombuffer(file.read(4 * int(numpy.prod(shape))), dtype=numpy.float32).reshape(shape)
        labels = numpy.frombuffer(file.read(8 * shape[0]), dtype=numpy.int64)
        parts[part].append((torch.from_numpy(images.copy()).clone(), torch.from_numpy(labels.copy())))
train, evaluate = parts

losses = []
backward = torch.Tensor.backward


def recorded(self, *args, **kwargs):
    losses.append(self.item())
    return backward(self, *args, **kwargs)


torch.Tensor.backward = recorded
scope = {}
exec(compile(open(source).read(), source, 'exec'), scope)
prm = {'lr': 0.01, 'momentum': 0.9, 'dropout': 0.2, 'batch': 64.0}
for name in scope['supported_hyperparameters']():
    prm.setdefault(name, 0.5)
shape = train[0][0].shape
torch.manual_seed(7)
net = scope['Net'](tuple(shape), (10,), prm, torch.device('cpu'))
torch.manual_seed(7)
net.train_setup(prm)
net.learn(train)
net.eval()
correct = 0
with torch.no_grad():
    for images, labels in evaluate:
        correct += int((net(images).argmax(1) == labels).sum())
print(json.dumps({'losses': losses, 'correct': correct, 'images': sum(len(labels) for _, labels in evaluate)}))
