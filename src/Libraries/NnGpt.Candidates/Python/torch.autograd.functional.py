"""Derivatives of functions."""
import torch


def _inputs(inputs, create_graph):
    given = inputs if isinstance(inputs, tuple) else (inputs,)
    return tuple(x.view_as(x) if create_graph and x.requires_grad else x.detach().clone().requires_grad_() for x in given)


def _out(results, create_graph):
    return results if create_graph else tuple(r.detach() for r in results)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        xs = _inputs(inputs, create_graph)
        outputs = func(*xs)
        if v is None:
            if outputs.nelement() != 1:
                raise RuntimeError("The vector v can only be None if the user-provided function returns a single Tensor with a single element.")
            v = torch.ones_like(outputs)
        grads = torch.autograd.grad(outputs, xs, v, create_graph=create_graph, allow_unused=True)
        grads = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(grads, xs))
    grads = _out(grads, create_graph)
    return outputs if create_graph else outputs.detach(), grads if isinstance(inputs, tuple) else grads[0]


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        xs = _inputs(inputs, create_graph)
        vs = tuple(torch.ones_like(x) for x in xs) if v is None else v if isinstance(v, tuple) else (v,)
        outputs = func(*xs)
        weights = torch.zeros_like(outputs, requires_grad=True)
        grads = torch.autograd.grad(outputs, xs, weights, create_graph=True, allow_unused=True)
        used = [(g, w) for g, w in zip(grads, vs) if g is not None and g.requires_grad]
        result = torch.autograd.grad([g for g, _ in used], weights, [w for _, w in used], create_graph=create_graph, allow_unused=True)[0] if used else None
        result = torch.zeros_like(outputs) if result is None else result
    return (outputs, result) if create_graph else (outputs.detach(), result.detach())


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    with torch.enable_grad():
        xs = _inputs(inputs, create_graph)
        outputs = func(*xs)
        many = isinstance(outputs, tuple)
        rows = []
        for output in outputs if many else (outputs,):
            parts = [[] for _ in xs]
            for element in output.reshape(-1):
                grads = torch.autograd.grad(element, xs, retain_graph=True, create_graph=create_graph, allow_unused=True) if element.requires_grad else [None] * len(xs)
                for part, grad, x in zip(parts, grads, xs):
                    part.append(torch.zeros_like(x) if grad is None else grad)
            row = tuple(torch.stack(part).view(output.size() + x.size()) for part, x in zip(parts, xs))
            rows.append(_out(row, create_graph) if isinstance(inputs, tuple) else _out(row, create_graph)[0])
    return tuple(rows) if many else rows[0]


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    def gradient(*xs):
        xs = tuple(x if x.requires_grad else x.requires_grad_() for x in xs)
        grads = torch.autograd.grad(func(*xs), xs, create_graph=True, allow_unused=True)
        grads = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(grads, xs))
        return grads if isinstance(inputs, tuple) else grads[0]
    return jacobian(gradient, inputs, create_graph)


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    return hvp(func, inputs, v, create_graph)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        xs = _inputs(inputs, create_graph)
        vs = tuple(torch.ones_like(x) for x in xs) if v is None else v if isinstance(v, tuple) else (v,)
        outputs = func(*xs)
        grads = torch.autograd.grad(outputs, xs, create_graph=True)
        results = _out(torch.autograd.grad(grads, xs, vs, create_graph=create_graph), create_graph)
    return outputs if create_graph else outputs.detach(), results if isinstance(inputs, tuple) else results[0]
