"""Names beside Function."""
import functools

import torch
from torch.autograd import Function

InplaceFunction = Function
NestedIOFunction = Function
BackwardCFunction = Function


def once_differentiable(fn):
    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with torch.no_grad():
            return fn(ctx, *args)
    return wrapper


def traceable(fn_cls):
    return fn_cls
