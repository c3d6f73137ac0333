"""Parametrizations: an attribute that is computed from an unconstrained parameter whenever it is read."""
from contextlib import contextmanager

import torch
from torch import nn


def _fits(what, made, like, name, unsafe_flag):
    if not isinstance(made, torch.Tensor):
        raise ValueError("A parametrization must return a tensor. Got {}.".format(type(made).__name__))
    for kind in ('dtype', 'shape'):
        if getattr(made, kind) != getattr(like, kind):
            raise ValueError("Registering a parametrization may not change the {} of the tensor, unless {} flag is enabled.\n{}{}: {}\n{}{}: {}".format(
                kind, unsafe_flag, what, kind, getattr(like, kind), name, kind, getattr(made, kind)))


class ParametrizationList(nn.ModuleList):
    def __init__(self, modules, original, unsafe=False):
        if len(modules) == 0:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        shape, dtype = original.shape, original.dtype
        new = original
        with torch.no_grad():
            for module in reversed(list(self)):
                if hasattr(module, 'right_inverse'):
                    try:
                        new = module.right_inverse(new)
                    except NotImplementedError:
                        pass
        if not isinstance(new, (torch.Tensor, list, tuple)):
            raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got {}".format(type(new).__name__))
        self.is_tensor = isinstance(new, torch.Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if original.dtype != new.dtype:
                raise ValueError("When `right_inverse` outputs one tensor, it may not change the dtype.\noriginal.dtype: {}\nright_inverse(original).dtype: {}".format(original.dtype, new.dtype))
            if new is not original:
                original.data = new.data
            self._keep('original', original)
        else:
            for i, part in enumerate(new):
                if not isinstance(part, torch.Tensor):
                    raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got element {} of the sequence with type {}.".format(i, type(part).__name__))
                part = nn.Parameter(part) if isinstance(original, nn.Parameter) else part
                part.requires_grad_(original.requires_grad)
                self._keep('original{}'.format(i), part)
        if not self.unsafe:
            _fits('unparametrized ', self(), torch.empty(shape, dtype=dtype), 'parametrized ', '`unsafe`')

    def _keep(self, name, tensor):
        (self.register_parameter if isinstance(tensor, nn.Parameter) else self.register_buffer)(name, tensor)

    def right_inverse(self, value):
        with torch.no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, 'right_inverse'):
                    raise RuntimeError("parametrization {} does not implement right_inverse.".format(type(module).__name__))
                value = module.right_inverse(value)
            for i, part in enumerate([value] if self.is_tensor else value):
                getattr(self, 'original' if self.is_tensor else 'original{}'.format(i)).data = part.data

    def forward(self):
        first, *others = self
        value = first(self.original) if self.is_tensor else first(*(getattr(self, 'original{}'.format(i)) for i in range(self.ntensors)))
        for module in others:
            value = module(value)
        return value


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    known = getattr(module, 'parametrizations', None)
    if known is not None and tensor_name in known:
        if not unsafe:
            value = getattr(module, tensor_name)
            made = parametrization(value)
            _fits('module.{}.'.format(tensor_name), made, value, 'parametrization(module.{}).'.format(tensor_name), 'the `unsafe`')
            if hasattr(parametrization, 'right_inverse'):
                try:
                    parametrization.right_inverse(made)
                except NotImplementedError:
                    pass
        known[tensor_name].append(parametrization)
        known[tensor_name].unsafe |= unsafe
        return module
    if tensor_name not in module._parameters and tensor_name not in module._buffers:
        raise ValueError("Module '{}' does not have a parameter, a buffer, or a parametrized element with name '{}'".format(module, tensor_name))
    original = getattr(module, tensor_name)
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
    if not leave_parametrized and not made.is_tensor:
        raise ValueError("Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of tensors.")
    with torch.no_grad():
        value = made() if leave_parametrized else None
    if made.is_tensor:
        original = made.original
        if leave_parametrized:
            original.data = value.data
    else:
        original = nn.Parameter(value) if made.original0.requires_grad else value
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
