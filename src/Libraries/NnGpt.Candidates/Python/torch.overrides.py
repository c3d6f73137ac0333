"""Tensor subclasses that take part in functions: there are none."""
import torch


def has_torch_function(relevant_args):
    return False


def has_torch_function_unary(tensor):
    return False


def has_torch_function_variadic(*tensors):
    return False


def is_tensor_like(inp):
    return type(inp) is torch.Tensor or hasattr(inp, '__torch_function__')


def handle_torch_function(public_api, relevant_args, *args, **kwargs):
    return public_api(*args, **kwargs)
