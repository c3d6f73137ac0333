# Walking from a value to the interpreter: classes, globals, frames, code objects.

#: subclasses -> Import, Attribute, Value, Type, Unsupported
().__class__.__bases__[0].__subclasses__()[0]().system('true')
escaped

#: subclasses by mro -> Import, Attribute, Value, Type, Unsupported
for c in int.__mro__[-1].__subclasses__():
    print(c)
escaped

#: subclasses by getattr -> Import, Attribute, Value, Type, Unsupported
print(getattr(object, '__sub' + 'classes__')())
escaped

#: globals of a lambda -> Import, Attribute, Value, Type, Unsupported
(lambda: 0).__globals__['__builtins__']['open']('/etc/passwd')
escaped

#: globals of a method -> Import, Attribute, Value, Type, Unsupported
class A:
    def f(self):
        pass
A.f.__globals__['x'] = 1
escaped

#: globals of an nn method -> Import, Attribute, Value, Type, Unsupported
import torch.nn as nn
nn.Linear.forward.__globals__['__builtins__']
escaped

#: globals of __init__ -> Import, Attribute, Value, Type, Unsupported
import torch.nn as nn
print(nn.Module.__init__.__globals__)
escaped

#: builtins -> Name
__builtins__.open('/etc/passwd')

#: builtins by item -> Name
__builtins__['eval']('1')

#: import function -> Import, Attribute, Value, Type, Unsupported
__import__('os').system('true')

#: importlib -> Import, Attribute, Value, Type, Unsupported
import importlib
importlib.import_module('os').system('true')
escaped

#: imp -> Import, Attribute, Value, Type, Unsupported
import imp
imp.load_source('x', '/etc/passwd')
escaped

#: loader
__loader__.load_module('os')

#: spec
__spec__.loader.get_data('/etc/passwd')

#: code object -> Import, Attribute, Value, Type, Unsupported
print((lambda: 0).__code__.co_code)
escaped

#: replace code object -> Import, Attribute, Value, Type, Unsupported
f = lambda: 0
f.__code__ = f.__code__.replace(co_code=b'\x00' * 100)
f()
escaped

#: types.CodeType
import types
types.CodeType(0, 0, 0, 0, 0, 0, b'', (), (), (), '', '', 0, b'')

#: types.FunctionType
import types
types.FunctionType(None, {})()

#: closure cell
def f():
    x = 1
    return lambda: x
f().__closure__[0].cell_contents = print
raise SystemExit

#: frame by traceback
try:
    1 / 0
except Exception as e:
    print(e.__traceback__.tb_frame.f_globals)

#: frame by generator -> Import, Attribute, Value, Type, Unsupported
g = (x for x in [1])
print(g.gi_frame.f_builtins)
escaped

#: frame by inspect
import inspect
print(inspect.currentframe().f_back)

#: sys._getframe -> Import, Attribute, Value, Type, Unsupported
import sys
sys._getframe(1)
escaped

#: gc -> Import, Attribute, Value, Type, Unsupported
import gc
print(gc.get_objects())
escaped

#: weakref
import weakref
print(weakref.ref(object).__callback__)

#: eval -> Name
eval('1 + 1')

#: exec -> Name
exec('import os')

#: compile -> Name
compile('1', 'x', 'eval')

#: globals()
globals()['__builtins__']['open']('/etc/passwd')

#: vars of a module
import torch
vars(torch)['os'].system('true')

#: dict of a module
import math
math.__dict__['__loader__'].load_module('os')

#: os through torch
import torch
torch.os.system('true')

#: sys through torch
import torch
torch.sys.modules['os']

#: os through nn
import torch.nn as nn
nn.modules.os.system('true')

#: os through typing
import typing
typing.sys.modules['os']

#: os through random
import random
random._os.system('true')

#: os through logging
import logging
logging.os.system('true')

#: os through warnings
import warnings
warnings.sys.modules['os']

#: catch_warnings module -> Import, Attribute, Value, Type, Unsupported
import warnings
warnings.catch_warnings()._module.__builtins__['open']
escaped

#: os through collections
import collections
collections._sys.modules['os']

#: os through functools
import functools
functools.os

#: namedtuple field -> Value
from collections import namedtuple
namedtuple('x', '__import__("os")')

#: str.format -> Import, Attribute, Value, Type, Unsupported
class A:
    pass
print('{0.__init__.__globals__}'.format(A()))
escaped

#: str.format item -> Import, Attribute, Value, Type, Unsupported
print('{0.__class__.__base__.__subclasses__}'.format(1))
escaped

#: f-string -> Import, Attribute, Value, Type, Unsupported
print(f'{object.__subclasses__()}')
escaped

#: metaclass __prepare__
class M(type):
    @classmethod
    def __prepare__(c, n, b):
        return globals()
class A(metaclass=M):
    print = None
raise SystemExit

#: class assignment
import torch
x = torch.zeros(3)
x.__class__ = int
x + 1
raise SystemExit

#: class assignment of a module
import torch.nn as nn
class A:
    pass
a = A()
a.__class__ = nn.Linear
a(1)

#: bases assignment
class A:
    pass
A.__bases__ = (int,)
A() + 1

#: dict assignment
import torch.nn as nn
m = nn.Linear(1, 1)
m.__dict__ = 5
m.weight

#: patch object -> Type
object.__eq__ = lambda a, b: True

#: patch int -> Type
int.__add__ = lambda a, b: 0

#: patch a builtin module
import math
math.sqrt = lambda x: 0
raise SystemExit

#: patch Tensor
import torch
torch.Tensor.__add__ = lambda a, b: 0
torch.Tensor.shape = 5
raise SystemExit

#: patch Module
import torch.nn as nn
nn.Module.__call__ = lambda *a: None
nn.Module.parameters = 5
raise SystemExit

#: __reduce__
import copy
class A:
    def __reduce__(self):
        return (eval, ('1',))
copy.deepcopy(A())

#: __reduce_ex__
print((1).__reduce_ex__(2)[0].__globals__)

#: __getattribute__
class A:
    def __getattribute__(self, n):
        return self.x
A().y

#: __del__
class A:
    def __del__(self):
        while True:
            pass
A()
raise SystemExit

#: __init_subclass__
class A:
    def __init_subclass__(cls):
        cls.__class__ = int
class B(A):
    pass
raise SystemExit

#: __set_name__ -> Value
class D:
    def __set_name__(self, o, n):
        raise SystemExit
class A:
    x = D()

#: __instancecheck__
import torch
class M(type):
    def __instancecheck__(cls, x):
        return True
class T(metaclass=M):
    pass
torch.relu(T())

#: __torch_function__
import torch
class T:
    @classmethod
    def __torch_function__(cls, f, types, args=(), kwargs=None):
        return f.__globals__
torch.relu(T())

#: __index__
import torch
class N:
    def __index__(self):
        return 1 << 70
torch.zeros(3)[N()]

#: __hash__ that changes
class H:
    n = 0
    def __hash__(self):
        H.n += 1
        return H.n
d = {H(): 1 for _ in range(1000)}
for k in d:
    d.get(k)
raise SystemExit

#: __eq__ that changes the dict
d = {}
class E:
    def __hash__(self):
        return 1
    def __eq__(self, o):
        d.clear()
        return False
for i in range(100):
    d[E()] = i
raise SystemExit

#: dict changed in a loop -> Value
d = {1: 1}
for k in d:
    d[k + 1] = 1

#: list changed in a sort
x = [3, 2, 1]
def key(v):
    x.clear()
    return v
x.sort(key=key)
raise SystemExit

#: pickle -> Import, Attribute, Value, Type, Unsupported
import pickle
pickle.loads(b'cos\nsystem\n(S"true"\ntR.')
escaped

#: marshal -> Import, Attribute, Value, Type, Unsupported
import marshal
marshal.loads(b'')
escaped

#: shelve -> Import, Attribute, Value, Type, Unsupported
import shelve
shelve.open('/tmp/x')
escaped

#: copyreg -> Import, Attribute, Value, Type, Unsupported
import copyreg
copyreg.pickle(int, print)
escaped

#: dill -> Import, Attribute, Value, Type, Unsupported
import dill
dill.loads(b'')
escaped

#: yaml -> Import, Attribute, Value, Type, Unsupported
import yaml
yaml.load('!!python/object/apply:os.system [true]')
escaped

#: ast -> Import, Attribute, Value, Type, Unsupported
import ast
ast.literal_eval('(' * 10000)
escaped

#: dis -> Import, Attribute, Value, Type, Unsupported
import dis
dis.dis(print)
escaped

#: code -> Import, Attribute, Value, Type, Unsupported
import code
code.interact()
escaped

#: runpy -> Import, Attribute, Value, Type, Unsupported
import runpy
runpy.run_path('/etc/passwd')
escaped

#: pkgutil -> Import, Attribute, Value, Type, Unsupported
import pkgutil
list(pkgutil.iter_modules())
escaped

#: pdb -> Import, Attribute, Value, Type, Unsupported
import pdb
pdb.set_trace()
escaped

#: relative import -> Import, Attribute, Value, Type, Unsupported
from . import os
escaped

#: import of a star -> Import, Attribute, Value, Type, Unsupported
from os import *
system('true')
escaped

#: .NET by clr -> Import, Attribute, Value, Type, Unsupported
import clr
import System
escaped

#: .NET type -> Import, Attribute, Value, Type, Unsupported
print((1).GetType())
escaped

#: .NET member -> Import, Attribute, Value, Type, Unsupported
import torch
print(torch.zeros(1).Tensor.Handle)
escaped

#: import function of a module that is absent -> Import, Attribute, Value, Type, Unsupported
__import__('subprocess').run(['true'])
escaped

#: import function with names -> Import, Attribute, Value, Type, Unsupported
__import__('os.path', None, None, ['x'], 0).os.system('true')
escaped

#: class assignment between layers -> Type
import torch.nn as nn
nn.Linear(2, 2).__class__ = nn.LSTM
escaped

#: class assignment of a subclass to one of another layer -> Type
import torch.nn as nn
class A(nn.Linear):
    pass
class B(nn.LSTM):
    pass
a = A(2, 2)
a.__class__ = B
escaped

#: class assignment of a plain object behind an abstract class -> Type
from abc import ABC
import torch.nn as nn
class A(ABC):
    pass
class B(ABC, nn.Linear):
    pass
a = A()
a.__class__ = B
escaped

#: class assignment of a module to a tensor -> Type
import torch
import torch.nn as nn
class M(nn.Module):
    pass
class T(torch.Tensor):
    pass
m = M()
m.__class__ = T
escaped

#: class assignment of a parameter to a module -> Type
import torch
import torch.nn as nn
p = nn.Parameter(torch.zeros(2))
p.__class__ = nn.Module
escaped

#: class assignment of an int to a str -> Type
class A(int):
    pass
class B(str):
    pass
a = A(5)
a.__class__ = B
escaped

#: class assignment by object.__setattr__ -> Type
import torch.nn as nn
m = nn.Linear(2, 2)
object.__setattr__(m, '__class__', nn.Conv2d)
escaped

#: class assignment by __dict__
import torch
import torch.nn as nn
m = nn.Linear(2, 2)
m.__dict__['__class__'] = nn.Conv2d
m(torch.zeros(1, 2))
raise SystemExit

#: class assignment of an optimizer -> Type
import torch
import torch.nn as nn
class A:
    pass
o = torch.optim.SGD(nn.Linear(2, 2).parameters(), lr=0.1)
o.__class__ = torch.optim.Adam
escaped

#: as_subclass of a module -> Type
import torch
import torch.nn as nn
torch.zeros(2).as_subclass(nn.Module)
escaped

#: as_subclass of a tensor and module -> Type
import torch
import torch.nn as nn
class X(torch.Tensor, nn.Module):
    pass
nn.Module.state_dict(torch.zeros(2).as_subclass(X))
escaped

#: as_subclass of a parameter -> Type
import torch
import torch.nn as nn
torch.zeros(2).as_subclass(nn.Parameter)
escaped

#: as_subclass of a tensor without a size
import torch
import torch.nn as nn
x = torch.zeros(2).as_subclass(nn.UninitializedBuffer)
x.materialize((3,))
x.materialize((5,))
x.copy_(torch.ones(5))
torch.zeros(2).as_subclass(nn.UninitializedBuffer) + 1
raise SystemExit

#: materialize of a number -> Type
import torch.nn as nn
nn.UninitializedParameter.materialize(5, (2,))
escaped

#: state_dict methods of nothing like a module -> Type
import torch.nn as nn
nn.Module._load_from_state_dict(5, {}, '', {}, True, [], [], [])
escaped

#: loading into a module that was never made -> Attribute
import torch.nn as nn
class M(nn.Module):
    def __init__(self):
        pass
nn.Module.load_state_dict(M(), {})
escaped

#: _load_from_state_dict that changes what is loaded
import torch
import torch.nn as nn
class M(nn.Linear):
    def _load_from_state_dict(self, state, *args):
        state.clear()
        self._parameters.clear()
        self._buffers['weight'] = torch.zeros(7)
        self._parameters['weight'] = nn.Parameter(torch.zeros(3))
        super()._load_from_state_dict(state, *args)
M(2, 2).load_state_dict({'weight': 5, 3: 4, 'bias': None}, strict=False)
raise SystemExit

#: _save_to_state_dict of names that are none
import torch
import torch.nn as nn
class M(nn.Linear):
    def _save_to_state_dict(self, destination, prefix, keep_vars):
        destination[5] = torch.zeros(1)
        destination[None] = self
M(2, 2).state_dict()
raise SystemExit

#: sparse tensor with other indices
import torch
x = torch.sparse_coo_tensor([[0], [1]], [1.0], (2, 2))
x._where, x._is_coalesced = torch.tensor([[10 ** 9], [-10 ** 9]]), True
torch.sparse.softmax(x, 1)
raise SystemExit
