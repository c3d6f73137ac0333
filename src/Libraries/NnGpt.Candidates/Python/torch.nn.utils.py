"""Functions of torch.nn.utils."""
import torch
from torch import nn


def remove_weight_norm(module, name='weight'):
    if name + '_g' not in module._parameters:
        raise ValueError("weight_norm of '{}' not found in {}".format(name, module))
    weight = getattr(module, name).detach()
    _stop(module, name)
    del module._parameters[name + '_g']
    del module._parameters[name + '_v']
    setattr(module, name, nn.Parameter(weight))
    return module


def remove_spectral_norm(module, name='weight'):
    if name + '_orig' not in module._parameters:
        raise ValueError("spectral_norm of '{}' not found in {}".format(name, module))
    training, module.training = module.training, False
    _hook(module, name)(module, ())
    module.training = training
    weight = getattr(module, name).detach()
    _stop(module, name)
    del module._buffers[name + '_u']
    del module._buffers[name + '_v']
    del module._parameters[name + '_orig']
    module.register_parameter(name, nn.Parameter(weight))
    return module


def _hook(module, name):
    return next(hook for hook in module._forward_pre_hooks.values() if getattr(hook, '__name__', '') == 'normalize_' + name)


def _stop(module, name):
    for key, hook in list(module._forward_pre_hooks.items()):
        if getattr(hook, '__name__', '') == 'normalize_' + name:
            del module._forward_pre_hooks[key]
    if name in module.__dict__:
        delattr(module, name)


def skip_init(module_cls, *args, **kwargs):
    kwargs.pop('device', None)
    return module_cls(*args, **kwargs)


def fuse_conv_bn_weights(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, transpose=False):
    conv_b = torch.zeros_like(bn_rm) if conv_b is None else conv_b
    bn_w = torch.ones_like(bn_rm) if bn_w is None else bn_w
    bn_b = torch.zeros_like(bn_rm) if bn_b is None else bn_b
    shape = [1, -1] + [1] * (conv_w.dim() - 2) if transpose else [-1, 1] + [1] * (conv_w.dim() - 2)
    scale = bn_w * torch.rsqrt(bn_rv + bn_eps)
    return nn.Parameter(conv_w * scale.reshape(shape)), nn.Parameter((conv_b - bn_rm) * scale + bn_b)


def fuse_conv_bn_eval(conv, bn, transpose=False):
    import copy
    assert not (conv.training or bn.training), "Fusion only for eval!"
    fused = copy.deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias, transpose)
    return fused


def convert_conv2d_weight_memory_format(module, memory_format):
    return module
