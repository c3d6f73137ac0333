# Time: loops, recursion, expressions that grow, the parser.

#: loop -> Time
while True:
    pass

#: long range -> Time
for i in range(10 ** 18):
    pass

#: sum of a range -> Time
sum(range(10 ** 15))

#: max of a range -> Time
max(range(10 ** 15))

#: sorted range -> Time, Memory
sorted(range(10 ** 12))

#: in a range
(10 ** 12 + 0.5) in range(10 ** 15)
raise SystemExit

#: any of a generator -> Time
any(False for i in range(10 ** 15))

#: count -> Time
import itertools
for i in itertools.count():
    pass

#: cycle -> Time
import itertools
for i in itertools.cycle([1]):
    pass

#: reduce -> Time
import functools
functools.reduce(lambda a, b: b, range(10 ** 15))

#: swallow everything -> Time
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

#: swallow in finally -> Time
while True:
    try:
        while True:
            pass
    finally:
        continue

#: swallow in __exit__ -> Time
class C:
    def __enter__(self):
        pass
    def __exit__(self, *a):
        return True
while True:
    with C():
        while True:
            pass

#: swallow in a generator -> Time
def g():
    while True:
        try:
            yield
        except BaseException:
            pass
for x in g():
    pass

#: recursion -> Value
def f(n):
    return f(n + 1) + 1
f(0)

#: mutual recursion -> Value
def f():
    g()
def g():
    f()
f()

#: recursion in __getattr__ -> Value
class A:
    def __getattr__(self, n):
        return getattr(self, n + 'x')
A().y

#: recursion in __repr__ -> Value
class A:
    def __repr__(self):
        return repr(self)
repr(A())

#: recursion in __eq__ -> Value
class A:
    def __eq__(self, o):
        return self == o
A() == A()

#: recursion in __del__
class A:
    def __del__(self):
        A()
A()
raise SystemExit

#: recursion in a property -> Value
class A:
    @property
    def x(self):
        return self.x
A().x

#: recursion in __call__ -> Value
class A:
    def __call__(self):
        return self()
A()()

#: recursion in forward -> Value
import torch, torch.nn as nn
class N(nn.Module):
    def forward(self, x):
        return self(x)
N()(torch.zeros(1))

#: recursion in sort key -> Value
def key(x):
    return sorted([1, 2], key=key)
sorted([1, 2], key=key)

#: recursion in a comprehension -> Value
f = lambda: [f() for _ in range(2)]
f()

#: recursion caught at every level -> Time, Value, Contract
def f():
    try:
        f()
    except RecursionError:
        f()
f()

#: module that contains itself
import torch.nn as nn
m = nn.Sequential()
m.add_module('m', m)
print(m)
m.apply(print)
list(m.modules())
m.state_dict()

#: bad indentation -> Syntax
if 1:
        x
   y

#: unterminated string -> Syntax
x = '''abc

#: regular expression
import re
re.match('(a+)+$', 'a' * 40 + 'b')
raise SystemExit

#: regular expression with nested groups
import re
re.match('(a|aa)+$', 'a' * 60 + 'b')
raise SystemExit

#: string search
x = 'a' * 10 ** 6
for i in range(1000):
    ('a' * 1000 + 'b') in x
raise SystemExit

#: time.sleep
import time
time.sleep(10 ** 6)

#: operators without end -> Time
import torch
x = torch.zeros(3)
while True:
    x = x + 1

#: learning without end -> Time
import torch
w = torch.zeros(3, requires_grad=True)
o = torch.optim.SGD([w], lr=0.1)
while True:
    o.zero_grad()
    w.sum().backward()
    o.step()

#: one matrix product -> Compute, Memory, Time
import torch
x = torch.ones(6000, 6000)
for i in range(1000):
    x = x @ x

#: one long operator -> Time
import torch
torch.cdist(torch.ones(6000, 2000), torch.ones(6000, 2000), p=3)

#: poisson of a huge rate
import torch
torch.poisson(torch.full((1000,), 1e30))
raise SystemExit

#: binomial of a huge count
import torch
torch.binomial(torch.full((1000,), 1e30), torch.full((1000,), 0.5))
raise SystemExit

#: matrix_power
import torch
torch.matrix_power(torch.eye(3), 2 ** 62)
raise SystemExit

#: polygamma of a huge order
import torch
torch.polygamma(10 ** 9, torch.ones(3))
raise SystemExit

#: mvlgamma of a huge dimension
import torch
torch.mvlgamma(torch.full((3,), 1e12), 10 ** 9)
raise SystemExit

#: recursion in _load_from_state_dict -> Value
import torch.nn as nn
class M(nn.Module):
    def _load_from_state_dict(self, *args):
        self.load_state_dict({})
M().load_state_dict({})

#: recursion in _save_to_state_dict -> Value
import torch.nn as nn
class M(nn.Module):
    def _save_to_state_dict(self, *args):
        self.state_dict()
M().state_dict()

#: a hook of state_dict that closes a circle -> Value
import torch.nn as nn
m = nn.Module()
m.first, m.a, m.b = nn.Module(), nn.Module(), nn.Module()
def close(module, state, prefix, metadata):
    m.a._modules['b'] = m.b
    m.b._modules['a'] = m.a
m.first._register_state_dict_hook(close)
m.state_dict()

#: a _save_to_state_dict that closes a circle behind it
import torch.nn as nn
class M(nn.Module):
    def _save_to_state_dict(self, *args):
        m.a._modules['b'] = m.b
        m.b._modules['a'] = m.a
m = nn.Module()
m.a, m.b, m.last = nn.Module(), nn.Module(), M()
m.state_dict()
raise SystemExit

#: enum of operators on operators
import enum
class F(enum.Flag):
    a = enum.auto()
    b = a
    for _ in range(200000):
        b = b | a

#: a list in itself that calls itself an array
import torch
class L(list):
    __module__ = 'numpy'
    dtype = 'float32'
a = L()
a.append(a)
torch.tensor(a)
raise SystemExit

#: an index of tuples in tuples around an array -> Value, Type, Shape
import numpy as np
import torch
a = np.array([0])
t = (a,)
for _ in range(200000):
    t = (t, a)
torch.zeros(3)[t]
