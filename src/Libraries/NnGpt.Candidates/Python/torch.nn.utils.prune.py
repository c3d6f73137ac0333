"""Unstructured pruning by a mask."""
import torch
from torch import nn


def _mask(module, name, mask):
    original = getattr(module, name)
    if name in module._parameters:
        del module._parameters[name]
        module.register_parameter(name + '_orig', nn.Parameter(original.data))
        module.register_buffer(name + '_mask', mask)
    else:
        getattr(module, name + '_mask').mul_(mask)

    def apply(module, inputs=None):
        setattr(module, name, getattr(module, name + '_mask').to(original.dtype) * getattr(module, name + '_orig'))

    apply(module)
    module.register_forward_pre_hook(apply)
    return module


def identity(module, name):
    return _mask(module, name, torch.ones_like(getattr(module, name)))


def _count(amount, total):
    return round(amount * total) if isinstance(amount, float) else amount


def l1_unstructured(module, name, amount, importance_scores=None):
    weight = getattr(module, name)
    mask = torch.ones_like(weight)
    count = _count(amount, weight.nelement())
    if count:
        scores = weight if importance_scores is None else importance_scores
        mask.view(-1)[torch.topk(torch.abs(scores).view(-1), k=count, largest=False).indices] = 0
    return _mask(module, name, mask)


def random_unstructured(module, name, amount):
    weight = getattr(module, name)
    mask = torch.ones_like(weight)
    count = _count(amount, weight.nelement())
    if count:
        mask.view(-1)[torch.topk(torch.rand_like(weight).view(-1), k=count).indices] = 0
    return _mask(module, name, mask)


def remove(module, name):
    for key, hook in list(module._forward_pre_hooks.items()):
        if getattr(hook, '__name__', '') == 'apply':
            del module._forward_pre_hooks[key]
    weight = getattr(module, name).detach()
    if name in module.__dict__:
        delattr(module, name)
    del module._parameters[name + '_orig']
    del module._buffers[name + '_mask']
    module.register_parameter(name, nn.Parameter(weight))
    return module


def is_pruned(module):
    return any(name.endswith('_mask') for child in module.modules() for name in child._buffers)
