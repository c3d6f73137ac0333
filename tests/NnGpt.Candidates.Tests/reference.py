"""What real PyTorch says of candidate networks: one JSON line a file.

Usage: reference.py --contract lemur|plain [--in-shape 2,3,32,32] [--classes 10] [--seed 0]
                    [--learn-steps 2] [--in-dtype int64 --vocab N] FILE...
"""
import argparse
import json
import sys
import time
import traceback
import types
import warnings

import torch

warnings.simplefilter("ignore")
torch.set_num_threads(1)


class ContractError(Exception):
    pass


class OutputError(Exception):
    pass


def first_tensor(value):
    if isinstance(value, torch.Tensor):
        return value
    if isinstance(value, (tuple, list)):
        for item in value:
            found = first_tensor(item)
            if found is not None:
                return found
    if isinstance(value, dict):
        return first_tensor(list(value.values()))
    return None


def finite(value):
    value = float(value)
    return value if value == value and abs(value) != float("inf") else str(value)


def describe(net, report):
    # A lazily made parameter has no number of elements before the first forward.
    report["parameters"] = sum(p.numel() for p in net.parameters() if not torch.nn.parameter.is_lazy(p))
    report["state_dict"] = [[k, list(v.shape), str(v.dtype)] for k, v in net.state_dict().items() if not torch.nn.parameter.is_lazy(v)]


def run(path, options, report):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    module = types.ModuleType("candidate")
    module.__dict__["__name__"] = "candidate"
    sys.modules["candidate"] = module
    exec(compile(source, path, "exec"), module.__dict__)
    shape = tuple(options.in_shape)
    if options.contract == "lemur":
        if not isinstance(getattr(module, "Net", None), type) or not issubclass(module.Net, torch.nn.Module):
            raise ContractError("no class Net(nn.Module)")
        if not callable(getattr(module, "supported_hyperparameters", None)):
            raise ContractError("no function supported_hyperparameters")
        for method in ("train_setup", "learn"):
            if not callable(getattr(module.Net, method, None)):
                raise ContractError("Net has no method " + method)
        names = module.supported_hyperparameters()
        known = {"lr": 0.01, "momentum": 0.9, "dropout": 0.2, "batch": 4}
        prm = {name: known.get(name, 0.5) for name in names}
        prm.update(known)
        torch.manual_seed(options.seed)
        net = module.Net(shape, (options.classes,), prm, torch.device("cpu"))
    else:
        chosen = module.__dict__.get("Net")
        if not (isinstance(chosen, type) and issubclass(chosen, torch.nn.Module)):
            chosen = None
            for value in list(module.__dict__.values()):
                if isinstance(value, type) and issubclass(value, torch.nn.Module) and value.__module__ == "candidate":
                    chosen = value
        if chosen is None:
            raise ContractError("no nn.Module class")
        torch.manual_seed(options.seed)
        net = chosen()
    describe(net, report)
    count = 1
    for size in shape:
        count *= size
    if options.in_dtype == "int64":
        x = ((torch.arange(count) * 7 + 1) % options.vocab).reshape(shape)
    else:
        x = torch.linspace(-1, 1, count).reshape(shape)
    net.eval()
    with torch.no_grad():
        out = first_tensor(net(x))
    if out is None:
        raise OutputError("forward returned no tensor")
    describe(net, report)
    report["output_shape"] = list(out.shape)
    values = out.detach().double().flatten()
    report["output"] = {"sum": finite(values.sum()), "abs": finite(values.abs().sum()),
                        "first": [finite(v) for v in values[:6]]}
    if options.contract != "lemur":
        return
    losses = []
    original = torch.Tensor.backward

    def backward(self, *args, **kwargs):
        losses.append(finite(self.detach()) if self.numel() == 1 else None)
        return original(self, *args, **kwargs)

    torch.Tensor.backward = backward
    try:
        net.train()
        torch.manual_seed(options.seed)
        net.train_setup(prm)
        size = 4 * count // shape[0]
        base = torch.linspace(-1, 1, size).reshape((4,) + shape[1:])
        net.learn([(base * (0.5 + 0.5 * j), (torch.arange(4) + j) % options.classes)
                   for j in range(options.learn_steps)])
    finally:
        torch.Tensor.backward = original
        report["losses"] = losses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--contract", default="lemur")
    parser.add_argument("--in-shape", default="2,3,32,32", type=lambda s: [int(v) for v in s.split(",")])
    parser.add_argument("--classes", default=10, type=int)
    parser.add_argument("--seed", default=0, type=int)
    parser.add_argument("--learn-steps", default=2, type=int)
    parser.add_argument("--in-dtype", default="float32")
    parser.add_argument("--vocab", default=10, type=int)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    output = sys.stdout
    for path in options.files:
        report = {"path": path, "verdict": "valid", "losses": []}
        start = time.perf_counter()
        sys.stdout = sys.stderr
        try:
            run(path, options, report)
        except BaseException as error:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
            line = frames[-1].lineno if frames else 0
            if isinstance(error, SyntaxError) and error.filename == path:
                line = error.lineno
            report["verdict"] = "invalid"
            message = error.msg if isinstance(error, SyntaxError) else str(error)
            report["error"] = {"type": type(error).__name__, "message": message, "line": line}
        finally:
            sys.stdout = output
        report["milliseconds"] = (time.perf_counter() - start) * 1e3
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
