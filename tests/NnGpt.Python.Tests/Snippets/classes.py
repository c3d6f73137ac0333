#: plain class, repr, methods
class P:
    "doc"
    kind = 'p'
    def __init__(self, x, y=2): self.x, self.y = x, y
    def __repr__(self): return f'P({self.x}, {self.y})'
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
p = P(1)
print(p, p == P(1), p != P(3), P.kind, p.kind, P.__name__, P.__doc__, p.__class__ is P)
#: super in both forms
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return super().f() + ['B']
class C(A):
    def f(self): return super(C, self).f() + ['C']
class D(B, C):
    def f(self): return super().f() + ['D']
print(D().f(), [c.__name__ for c in D.__mro__])
#: super skips and cooperates with kwargs
class Base:
    def __init__(self, **kw): print('Base', kw)
class M1(Base):
    def __init__(self, a=1, **kw):
        super().__init__(**kw); print('M1', a)
class M2(Base):
    def __init__(self, b=2, **kw):
        super().__init__(**kw); print('M2', b)
class X(M1, M2): pass
X(a=5, b=6)
#: object init takes no arguments
class A: pass
A(1)
#: object init through super
class A:
    def __init__(self, x): super().__init__(x)
A(1)
#: missing argument of init
class Net:
    def __init__(self, in_shape, out_shape, prm, device): pass
Net((1,), (2,), {})
#: missing two arguments
class Net:
    def __init__(self, in_shape, out_shape, prm, device): pass
Net((1,), (2,))
#: missing three arguments
def f(a, b, c): pass
f()
#: too many arguments
def f(a, b=1): pass
f(1, 2, 3)
#: too many arguments without defaults
def f(a): pass
f(1, 2, 3)
#: no arguments taken
def f(): pass
f(1)
#: unexpected keyword
def f(a): pass
f(1, b=2)
#: duplicate argument
def f(a): pass
f(1, a=2)
#: missing keyword-only
def f(a, *, b, c): pass
f(1)
#: keyword-only given positionally
def f(a, *, b=1): pass
f(1, 2, b=3)
#: positional-only by keyword
def f(a, /, b): return a, b
print(f(1, b=2))
f(a=1, b=2)
#: method argument count
class A:
    def m(self, x): pass
A().m()
#: missing attribute
class Net: pass
Net().conv3
#: missing class attribute
class Net: pass
Net.conv3
#: attribute of None
x = None
x.shape
#: calling None
x = None
x()
#: property with setter and deleter
class T:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @v.deleter
    def v(self): print('del')
t = T(); t.v = 4; print(t.v); del t.v
#: property without setter
class T:
    @property
    def v(self): return 1
T().v = 2
#: static and class methods
class A:
    n = 3
    @staticmethod
    def s(x): return x + 1
    @classmethod
    def c(cls, x): return cls.n * x
class B(A): n = 5
print(A.s(1), A().s(1), A.c(2), B.c(2), B().c(3))
#: getattr and setattr hooks
class R:
    def __init__(self): self.log = []
    def __getattr__(self, n):
        if n.startswith('x'): return n.upper()
        raise AttributeError(n)
    def __setattr__(self, n, v):
        object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n)
r = R(); print(r.xyz, hasattr(r, 'abc'), getattr(r, 'abc', 5)); del r.foo
r.abc
#: getattribute
class G:
    def __getattribute__(self, n):
        if n == 'magic': return 42
        return super().__getattribute__(n)
g = G(); g.a = 1; print(g.magic, g.a)
#: dunders of containers
class L:
    def __init__(self, d): self.d = d
    def __len__(self): return len(self.d)
    def __getitem__(self, i): return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __contains__(self, x): return x in self.d
    def __iter__(self): return iter(self.d)
    def __reversed__(self): return reversed(self.d)
    def __bool__(self): return False
    def __call__(self, *a, **k): return a, k
l = L([1, 2, 3]); l[0] = 9; del l[1]
print(len(l), l[0], l[0:2], 9 in l, list(l), list(reversed(l)), bool(l), l(1, b=2))
#: iteration by getitem
class S:
    def __getitem__(self, i):
        if i > 3: raise IndexError(i)
        return i * i
print(list(S()), 9 in S(), [*S()])
#: iteration by next
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), sum(It()), next(It()))
#: arithmetic dunders and reflection
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + (o.v if isinstance(o, V) else o))
    __radd__ = __add__
    def __sub__(self, o): return NotImplemented
    def __rsub__(self, o): return ('rsub', o)
    def __matmul__(self, o): return ('mm', o)
    def __neg__(self): return V(-self.v)
    def __iadd__(self, o): self.v += 100; return self
    def __repr__(self): return f'V{self.v}'
    def __lt__(self, o): return self.v < o.v
    def __abs__(self): return abs(self.v)
    def __index__(self): return self.v
    def __format__(self, s): return 'F' + s
v = V(1); w = v; v += 1
print(v, w is v, V(1) + V(2), 5 + V(1), sum([V(1), V(2)]), 3 - V(1), V(1) @ 2, -V(3), sorted([V(3), V(1)]), abs(V(-2)), [10, 20, 30][V(1)], f'{V(1):x}', range(V(3)))
V(1) - 2
#: unsupported operands
class A: pass
A() + 1
#: unsupported comparison
1 < 'a'
#: subclass reflected priority
class A:
    def __add__(self, o): return 'A'
class B(A):
    def __radd__(self, o): return 'B'
print(A() + B(), B() + A())
#: ordering and hash
class K:
    def __init__(self, k): self.k = k
    def __eq__(self, o): return isinstance(o, K) and self.k == o.k
    def __hash__(self): return hash(self.k)
d = {K(1): 'a', K(2): 'b'}
print(d[K(1)], K(2) in d, len({K(1), K(1), K(2)}))
class U:
    def __eq__(self, o): return True
{U(): 1}
#: class attributes and mutation
class A:
    items = []
    count = 0
    def add(self, x):
        self.items.append(x); A.count += 1
A().add(1); A().add(2); print(A.items, A.count)
#: init_subclass and set_name
class Reg:
    subs = []
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw); Reg.subs.append((cls.__name__, tag))
class S1(Reg, tag='t'): pass
class S2(Reg): pass
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o=None): return (self.n, i is None)
class H: d = Desc()
print(Reg.subs, H().d, H.d)
#: data descriptor
class Pos:
    def __set_name__(self, o, n): self.n = '_' + n
    def __get__(self, i, o): return getattr(i, self.n)
    def __set__(self, i, v):
        if v < 0: raise ValueError('negative')
        setattr(i, self.n, v)
class Q: w = Pos()
q = Q(); q.w = 3; print(q.w, q.__dict__); q.w = -1
#: metaclass
class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        c = super().__new__(m, name, bases, ns); c.tag = name.lower(); return c
    def __init__(c, name, bases, ns, **kw): super().__init__(name, bases, ns)
    def __call__(c, *a):
        o = super().__call__(*a); o.made = True; return o
    def hi(c): return 'hi ' + c.__name__
class A(metaclass=Meta): pass
class B(A, flag=1): pass
print(A.tag, B.tag, B().made, B.hi(), type(B) is Meta, isinstance(B, Meta))
#: new
class Single:
    inst = None
    def __new__(cls, *a):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
    def __init__(self, x=0): self.x = x
print(Single(1) is Single(2), Single().x)
#: subclass of builtins
class D(dict):
    def __missing__(self, k): return k * 2
    def __getattr__(self, k): return self[k]
class L(list):
    def first(self): return self[0]
class S(str):
    def shout(self): return self.upper() + '!'
class I(int):
    def twice(self): return self * 2
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
class F(float): pass
d = D(a=1); l = L([3, 4]); 
print(d['a'], d['zz'], d.a, l.first(), len(l), S('hi').shout(), I(4).twice(), I(4) + 1, T(1, 2), F(1.5) * 2, isinstance(I(1), int), l + [5], S('a') + 'b', S('x') == 'x', {S('k'): 1}['k'])
#: diamond conflict
class A: pass
class B(A): pass
class C(A, B): pass
#: slots
class P:
    __slots__ = ('x',)
    def __init__(self): self.x = 1
p = P(); print(p.x); p.y = 2
#: private names
class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
print(A().get(), A().__dict__)
A().__x
#: nested classes and qualnames
class O:
    class I:
        def m(self): pass
    def f(self):
        def g(): pass
        return g
print(O.I.__qualname__, O.I.m.__qualname__, O().f().__qualname__, O.I().m.__name__)
#: isinstance and issubclass
class A: pass
class B(A): pass
print(isinstance(B(), A), issubclass(B, A), isinstance(1, (str, int)), isinstance(True, int), issubclass(bool, int), isinstance(B, type), isinstance(1, int | str))
isinstance(1, 5)
#: type with three arguments
A = type('A', (), {'x': 1, 'f': lambda self: self.x + 1})
print(A().f(), A.__name__, type(A), type(1), type('a'), type(None))
#: abstract classes
from abc import ABC, abstractmethod
class B(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
class C(B):
    def f(self): return 1
    p = 5
print(C().f())
B()
#: dir and vars and dict
class A:
    def __init__(self): self.b = 1; self.a = 2
print([n for n in dir(A()) if not n.startswith('_')], vars(A()), A().__dict__)
#: delattr and hasattr
class A: x = 1
a = A(); a.y = 2; del a.y; print(hasattr(a, 'y'), hasattr(a, 'x')); del a.y
#: bound methods
class A:
    def f(self, x): return x + 1
m = A().f; print(m(1), m.__name__, m.__func__ is A.f, A.f(A(), 3))
#: default repr of class and module level function name
class A: pass
def f(): pass
print(A, f.__name__, f.__qualname__, f.__module__, A.__module__)
#: class body scoping
x = 'g'
class A:
    x = 'c'
    y = x
    def f(self): return x
    z = [i for i in range(3)]
print(A.y, A().f(), A.z)
#: setattr on instance shadows method
class A:
    def f(self): return 1
a = A(); a.f = lambda: 2; print(a.f(), A().f())
#: str of int subclass and copy of class attrs
class A:
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
print(A(), [A()], f'{A()} {A()!r}', str(A()), '%s %r' % (A(), A()))
