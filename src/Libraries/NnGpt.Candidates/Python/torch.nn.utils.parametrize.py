"""Parametrizations: an attribute that is computed from an unconstrained parameter whenever it is read."""
from contextlib import contextmanager

import torch
from torch import nn


class ParametrizationList(nn.ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        value = original
        for module in reversed(modules):
            if hasattr(module, 'right_inverse'):
                with torch.no_grad():
                    value = module.right_inverse(value)
        if value is not original and isinstance(original, nn.Parameter):
            original.data = value.data
            value = original
        self.original = value

    def forward(self):
        value = self.original
        for module in self:
            value = module(value)
        return value


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    known = getattr(module, 'parametrizations', None)
    if known is not None and tensor_name in known:
        known[tensor_name].append(parametrization)
        return module
    if tensor_name not in module._parameters and tensor_name not in module._buffers:
        raise ValueError("Module '{}' does not have a parameter, a buffer, or a parametrized element with name '{}'".format(module, tensor_name))
    original = getattr(module, tensor_name)
    with torch.no_grad():
        made = ParametrizationList([parametrization], original, unsafe=unsafe)
    delattr(module, tensor_name)
    if known is None:
        cls = type(module)
        module.__class__ = type('Parametrized' + cls.__name__, (cls,), {'__module__': cls.__module__})
        module.parametrizations = nn.ModuleDict()
    module.parametrizations[tensor_name] = made
    module._computed[tensor_name] = lambda: made()
    return module


def is_parametrized(module, tensor_name=None):
    known = getattr(module, 'parametrizations', None)
    if known is None or not isinstance(known, nn.ModuleDict):
        return False
    return len(known) > 0 if tensor_name is None else tensor_name in known


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    if not is_parametrized(module, tensor_name):
        raise ValueError("Module {} does not have a parametrization on {}".format(module, tensor_name))
    made = module.parametrizations[tensor_name]
    original = made.original
    if leave_parametrized:
        with torch.no_grad():
            original.data = made().data
    del module._computed[tensor_name]
    del module.parametrizations[tensor_name]
    if isinstance(original, nn.Parameter):
        module.register_parameter(tensor_name, original)
    else:
        module.register_buffer(tensor_name, original)
    if len(module.parametrizations) == 0:
        del module.parametrizations
        module.__class__ = type(module).__bases__[0]
    return module


@contextmanager
def cached():
    yield


def type_before_parametrizations(module):
    return type(module).__bases__[0] if is_parametrized(module) else type(module)
