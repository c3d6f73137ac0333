# The graph of gradients: depth, cycles, hooks, changes in place, rubbish from functions.

#: graph of 100,000 nodes
import torch
import torch.nn as nn
x = torch.ones(1, requires_grad=True)
y = x
for i in range(100000):
    y = y + 1
y.backward()
raise SystemExit

#: deep graph thrown away
import torch
import torch.nn as nn
x = torch.ones(1, requires_grad=True)
y = x
for i in range(30000):
    y = y * 1.0
del y
raise SystemExit

#: deep chain of views
import torch
import torch.nn as nn
x = torch.ones(4, requires_grad=True)
y = x
for i in range(20000):
    y = y.view(4)
y.sum().backward()
raise SystemExit

#: deep chain of custom functions
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return g
y = torch.ones(1, requires_grad=True)
for i in range(3000):
    y = F.apply(y)
y.backward()
raise SystemExit

#: deep double backward
import torch
import torch.nn as nn
x = torch.ones(1, requires_grad=True)
y = x
for i in range(200):
    y = y * x
g = y
for i in range(4):
    g, = torch.autograd.grad(g, x, create_graph=True)
raise SystemExit

#: graph that holds itself
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * 2
y.keep = y
y.register_hook(lambda g, y=y: y)
y.sum().backward(create_graph=True)
raise SystemExit

#: gradient that holds its graph
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
for i in range(100):
    (x * x).sum().backward(create_graph=True)
x.grad.sum().backward()
raise SystemExit

#: gradient of itself
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x.grad = x
raise SystemExit

#: backward twice
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = (x * x).sum()
y.backward()
y.backward()
raise SystemExit

#: backward of a vector
import torch
import torch.nn as nn
torch.ones(3, requires_grad=True).mul(2).backward()
raise SystemExit

#: backward with a gradient of another size
import torch
import torch.nn as nn
torch.ones(3, requires_grad=True).mul(2).backward(torch.ones(99))
raise SystemExit

#: backward with a gradient of another type
import torch
import torch.nn as nn
torch.ones(3, requires_grad=True).mul(2).backward(torch.ones(3, dtype=torch.long))
raise SystemExit

#: backward with no tensor
import torch
import torch.nn as nn
torch.ones(3, requires_grad=True).mul(2).backward('x')
raise SystemExit

#: backward inside a hook
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = (x * x).sum()
x.register_hook(lambda g: (x * x).sum().backward())
y.backward()
raise SystemExit

#: backward inside backward
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        with torch.enable_grad():
            y = F.apply(torch.ones(1, requires_grad=True))
            y.backward()
        return g
F.apply(torch.ones(1, requires_grad=True)).backward()
raise SystemExit

#: hook of another size
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * 2
y.register_hook(lambda g: torch.ones(99))
y.sum().backward()
raise SystemExit

#: hook of another type
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * 2
y.register_hook(lambda g: g.long())
y.sum().backward()
raise SystemExit

#: hook of rubbish
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x.register_hook(lambda g: 'rubbish')
x.sum().backward()
raise SystemExit

#: hook that raises
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
def hook(g):
    raise SystemExit
x.register_hook(hook)
x.sum().backward()
raise SystemExit

#: hook that changes the gradient
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x.register_hook(lambda g: g.zero_())
(x * x).sum().backward()
raise SystemExit

#: hook that resizes the gradient
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x.register_hook(lambda g: g.resize_(99))
(x * x).sum().backward()
raise SystemExit

#: hook that swaps data
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * x
def hook(g):
    x.data = torch.zeros(1)
y.register_hook(hook)
y.sum().backward()
raise SystemExit

#: hook that never ends -> Time, Unsupported
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
def hook(g):
    while True:
        pass
x.register_hook(hook)
x.sum().backward()
raise SystemExit

#: function that gives nothing
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return None
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function with a gradient of another size
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return torch.ones(99)
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function with a gradient of another type
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return g.long()
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function with too many gradients
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return g, g, g
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function with rubbish gradients
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x + 1
    @staticmethod
    def backward(ctx, g):
        return 'rubbish'
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function with a rubbish result
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return 'rubbish'
    @staticmethod
    def backward(ctx, g):
        return g
F.apply(torch.ones(3, requires_grad=True))
raise SystemExit

#: function that gives its argument
import torch
import torch.nn as nn
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x
    @staticmethod
    def backward(ctx, g):
        return g
F.apply(torch.ones(3, requires_grad=True)).sum().backward()
raise SystemExit

#: function that keeps its context
import torch
import torch.nn as nn
kept = []
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        kept.append(ctx)
        ctx.save_for_backward(x)
        return x * 2
    @staticmethod
    def backward(ctx, g):
        return g
y = F.apply(torch.ones(3, requires_grad=True))
y.sum().backward()
print(kept[0].saved_tensors)
raise SystemExit

#: saved tensor changed
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x.exp()
y.data.resize_(99)
y.sum().backward()
raise SystemExit

#: in place on a leaf -> Shape, Value
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x += 1
raise SystemExit

#: in place on what is needed
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x.exp()
y += 1
y.sum().backward()
raise SystemExit

#: in place on an expanded tensor
import torch
import torch.nn as nn
torch.zeros(1).expand(4).add_(torch.ones(4))
raise SystemExit

#: in place on overlapping views
import torch
import torch.nn as nn
x = torch.zeros(8)
x[1:].copy_(x[:-1])
raise SystemExit

#: in place with broadcasting
import torch
import torch.nn as nn
torch.zeros(3).add_(torch.ones(99, 3))
raise SystemExit

#: in place on a view of a leaf
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
x[0] = 5
raise SystemExit

#: in place under no_grad and back
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * x
with torch.no_grad():
    x.zero_()
y.sum().backward()
raise SystemExit

#: inference tensors in a graph
import torch
import torch.nn as nn
with torch.inference_mode():
    x = torch.ones(3)
y = x * torch.ones(3, requires_grad=True)
y.sum().backward()
raise SystemExit

#: grad with unused inputs
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
torch.autograd.grad((x * 2).sum(), torch.ones(3, requires_grad=True))
raise SystemExit

#: grad of rubbish
import torch
import torch.nn as nn
torch.autograd.grad('x', None)
raise SystemExit

#: requires_grad of integers
import torch
import torch.nn as nn
torch.ones(3, dtype=torch.long).requires_grad_()
raise SystemExit

#: detach in place
import torch
import torch.nn as nn
x = torch.ones(3, requires_grad=True)
y = x * 2
y.detach_()
y.backward()
raise SystemExit

#: set_grad_enabled for good
import torch
import torch.nn as nn
torch.set_grad_enabled(False)
raise SystemExit

#: enter without exit
import torch
import torch.nn as nn
torch.no_grad().__enter__()
torch.inference_mode().__enter__()
torch.autograd.set_grad_enabled(False).__enter__()
raise SystemExit

#: exit without enter
import torch
import torch.nn as nn
torch.no_grad().__exit__(None, None, None)
torch.inference_mode().__exit__(None, None, None)
raise SystemExit

#: exits crossed
import torch
import torch.nn as nn
a = torch.no_grad()
b = torch.enable_grad()
a.__enter__()
b.__enter__()
a.__exit__(None, None, None)
b.__exit__(None, None, None)
raise SystemExit

#: inference mode left in another order
import torch
import torch.nn as nn
a = torch.inference_mode()
b = torch.inference_mode()
a.__enter__()
b.__enter__()
a.__exit__(None, None, None)
b.__exit__(None, None, None)
b.__exit__(None, None, None)
raise SystemExit

#: forward hook that returns rubbish
import torch
import torch.nn as nn
m = nn.Linear(2, 2)
m.register_forward_hook(lambda *a: 'rubbish')
m(torch.zeros(1, 2)) + 1
raise SystemExit

#: forward hook that calls the module -> Value
import torch
import torch.nn as nn
m = nn.Linear(2, 2)
m.register_forward_hook(lambda m, i, o: m(o))
m(torch.zeros(1, 2))
raise SystemExit

#: hook that adds hooks
import torch
import torch.nn as nn
m = nn.Linear(2, 2)
def hook(m, i, o):
    m.register_forward_hook(hook)
m.register_forward_hook(hook)
for i in range(10):
    m(torch.zeros(1, 2))
raise SystemExit

#: checkpoint of rubbish
import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint
checkpoint(lambda x: 'x', torch.ones(3, requires_grad=True))
raise SystemExit

#: anomaly mode
import torch
import torch.nn as nn
torch.autograd.set_detect_anomaly(True)
x = torch.zeros(3, requires_grad=True)
(x / x).sum().backward()
raise SystemExit
