"""Checkpoints: nothing is saved by them here, but gradients stop where PyTorch's stop."""
import torch
from torch import nn


def check_backward_validity(inputs):
    pass


def detach_variable(inputs):
    return tuple(x.detach().requires_grad_(x.requires_grad) if isinstance(x, torch.Tensor) else x for x in inputs)


def _stopped(value):
    if isinstance(value, torch.Tensor):
        return value.detach()
    return tuple(_stopped(x) for x in value) if isinstance(value, tuple) else value


def checkpoint(function, *args, use_reentrant=True, **kwargs):
    preserve = kwargs.pop('preserve_rng_state', True)
    if kwargs and use_reentrant:
        raise ValueError("Unexpected keyword arguments: " + ",".join(arg for arg in kwargs))
    result = function(*args, **kwargs)
    # The reentrant kind is a function of the tensors it is given: none of them asks for a gradient, nor does its result.
    if use_reentrant and not any(isinstance(x, torch.Tensor) and x.requires_grad for x in args):
        return _stopped(result)
    return result


def checkpoint_sequential(functions, segments, input, **kwargs):
    preserve = kwargs.pop('preserve_rng_state', True)
    if kwargs:
        raise ValueError("Unexpected keyword arguments: " + ",".join(arg for arg in kwargs))
    functions = list(functions.children()) if isinstance(functions, nn.Sequential) else list(functions)

    def run(start, end):
        def forward(input):
            for function in functions[start:end]:
                input = function(input)
            return input
        return forward

    size = len(functions) // segments
    end = 0
    for start in range(0, size * (segments - 1), size):
        end = start + size
        input = checkpoint(run(start, end), input)
    return run(end, len(functions))(input)
