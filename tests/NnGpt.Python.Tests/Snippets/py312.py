#: generic function
def first[T](xs: list[T]) -> T: return xs[0]
print(first([3, 4]), first.__name__, first.__qualname__, first.__type_params__, first.__annotations__)
#= 3 first first (T,) {'xs': list[T], 'return': T}
#: generic class
class Box[T: int, *Ts, **P]:
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
    def me(self): return Box
class IntBox(Box[int]): pass
print(Box(3).get(), Box.__qualname__, Box.get.__qualname__, Box[int], IntBox(4).get(), Box.__type_params__, Box(1).me() is Box)
print(Box.__type_params__[0].__bound__)
#= 3 Box Box.get snippet.Box[int] 4 (T, Ts, P) True
#= <class 'int'>
#: type alias
type Vec = list[float]
type Pair[A, B] = tuple[A, B]
type Lazy = Undefined
print(Vec, Vec.__value__, Pair.__type_params__, Pair[int, str], Pair.__name__)
try: Lazy.__value__
except NameError as e: print(e)
type = 5
print(type)
#= Vec list[float] (A, B) Pair[int, str] Pair
#= name 'Undefined' is not defined
#= 5
#: decorated generic and methods
def deco(f): f.tag = 'd'; return f
@deco
def g[T](x: T, *, k: T = 2) -> T: return x * k
class A:
    @staticmethod
    def s[U](u: U) -> U: return u
    def m[V](self, v: V): return super().__init__() or v
print(g(3), g.tag, A.s(1), A().m(2), g.__qualname__, A.m.__qualname__)
#= 6 d 1 2 g A.m
#: nested quotes in f-strings
d = {'a': {'b': 1}}
print(f"{d["a"]["b"]} {", ".join(["x", "y"])} {f"{f"{1 + 1}"}"}")
print(f'{'\n'.join(['a', 'b'])}', f"{'\''}", f"{d['a']!r:>{len("12345678901")}}")
#= 1 x, y 2
#= a
#= b '    {'b': 1}
#: comments and newlines in f-string fields
x = 5
print(f"{
    x  # the value
    + 1
} {x:{
    4}}|")
#= 6    5|
#: names of characters
print('\N{GREEK SMALL LETTER ALPHA}\N{LATIN SMALL LETTER A}\N{RIGHTWARDS ARROW}', f'\N{DIGIT ONE}{1}')
#= αa→ 11
#: empty type parameters
def f[](): pass
#! SyntaxError: Type parameter list cannot be empty
#: duplicate type parameters
def f[T, T](): pass
#! SyntaxError: duplicate type parameter 'T'
#: override and batched
from typing import override
from itertools import batched
class A:
    @override
    def f(self): return 1
print(A().f(), list(batched('ABCDEFG', 3)))
#= 1 [('A', 'B', 'C'), ('D', 'E', 'F'), ('G',)]
#: wrong conversion in an f-string
f'{a!x}'
#! SyntaxError: f-string: invalid conversion character 'x': expected 's', 'r', or 'a'
#: empty field
f'{!r}'
#! SyntaxError: f-string: expression required before '!'
