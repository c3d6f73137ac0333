#: try except else finally order
def f(x):
    try:
        print('try'); 
        if x: raise ValueError(x)
    except ValueError as e: print('except', e); return 'r'
    else: print('else')
    finally: print('finally')
    return 'end'
print(f(0), f(1))
#: several handlers and tuple
for e in (KeyError('k'), TypeError('t'), IndexError('i')):
    try: raise e
    except (KeyError, TypeError) as x: print('first', repr(x))
    except LookupError as x: print('second', repr(x))
#: bare except and reraise
try:
    try: 1 / 0
    except: print('bare'); raise
except ZeroDivisionError as e: print('outer', e)
#: raise from
try:
    try: {}['a']
    except KeyError as e: raise ValueError('bad') from e
except ValueError as e: print(repr(e.__cause__), e.__context__ is e.__cause__, e.__suppress_context__)
#: implicit context
try:
    try: 1 / 0
    except ZeroDivisionError: undefined
except NameError as e: print(type(e.__context__).__name__, e.__cause__)
#: exception name is unbound after the clause
try: 1 / 0
except ZeroDivisionError as e: pass
e
#: custom exceptions
class MyError(Exception):
    def __init__(self, msg, code=0):
        super().__init__(msg); self.code = code
class Sub(MyError):
    def __str__(self): return f'sub {self.code}'
try: raise Sub('m', code=5)
except MyError as e: print(e, e.args, e.code, isinstance(e, Exception), repr(e))
class Plain(ValueError): pass
raise Plain('text')
#: raise a class
raise ValueError
#: raise a non-exception
raise 5
#: raise without active exception
raise
#: return in finally wins
def f():
    try: return 1
    finally: return 2
def g():
    for i in range(3):
        try: continue
        finally: print('f', i)
    while True:
        try: break
        finally: print('b')
    try: return [1]
    finally: print('last')
print(f(), g())
#: finally runs on exception
try: 1 / 0
finally: print('cleanup')
#: with statement
class C:
    def __init__(self, n, sw=False): self.n, self.sw = n, sw
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, t, v, tb): print('exit', self.n, t.__name__ if t else None, v); return self.sw
with C(1) as a, C(2) as b: print(a, b)
with C(3, True): raise KeyError('swallowed')
with (C(4) as c, C(5)): print(c)
def f():
    with C(6): return 'r'
print(f())
for i in range(2):
    with C(i):
        if i == 0: continue
        break
with C(7): raise ValueError('out')
#: with a non-manager
with 5: pass
#: exception in exit replaces
class C:
    def __enter__(self): return self
    def __exit__(self, *a): raise TypeError('from exit')
with C(): raise ValueError('x')
#: error inside nested calls reports the line
def a():
    return b()
def b():

    return [1][3]
a()
#: error inside a multi-line call
def f(*a): return a
x = f(1,
      2,
      undefined_thing)
#: error in a comprehension
[1 / x for x in [1, 0]]
#: error in a lambda
(lambda x:
   x.foo)(1)
#: str of exceptions
print(str(ValueError()), str(ValueError('a', 1)), str(KeyError('k')), repr(KeyError('k')), ValueError('x').args, [ValueError('a')])
#: assertion with a tuple message
assert False, ('a', 1)
#: exception attributes and equality
e = ValueError('a'); e.extra = 1; print(e.extra, e == ValueError('a'), e == e, bool(e), e.with_traceback(None) is e)
#: not implemented error
class A:
    def forward(self): raise NotImplementedError
A().forward()
#: not callable
'abc'()
#: not callable attribute
class A: x = 5
A().x()
#: wrong operand for minus
'a' - 'b'
#: unary on a string
-'a'
#: in on a non-container
1 in 5
#: comparing None
None < 1
#: slice of a dict
{}[1:2]
#: subscript of a function
def f(): pass
f[0]
#: subscript of a method
[].append[0]
#: None is not iterable
for x in None: pass
#: None unpack
a, b = None
#: None subscript
None[0]
#: keyword to a builtin class
class A:
    def __init__(self): pass
A(x=1)
#: super without class
def f(): super().x
f()
#: cannot set attribute on int
x = 5; x.foo = 1
#: cannot set attribute on str
'abc'.foo = 1
#: str has no attribute
'abc'.foo
#: list has no attribute
[1].foo
#: dict has no attribute
{}.foo
#: function has no attribute
def f(): pass
f.foo
#: int too large for range repetition
try: 'a' * (10 ** 30)
except (OverflowError, MemoryError) as e: print('refused')
try: [0] * (10 ** 18)
except (OverflowError, MemoryError) as e: print('refused')
#: list mutated by item of float
[1, 2][1.0]
#: slice with floats
[1, 2][0:1.5]
#: unhashable list in dict get
{}.get([])
#: generator already executing
def g(): yield next(it)
it = g(); next(it)
#: isinstance with a string
isinstance(1, 'int')
#: int() keyword misuse
int('z', 40)
#: str join over None
''.join(None)
#: sum of strings
sum(['a', 'b'])
#: min of mixed
min(1, 'a')
#: except with a non-class
try: 1 / 0
except 5: pass
#: nested functions error names
class Outer:
    class Inner:
        def __init__(self, a): pass
Outer.Inner()
#: wrong argument count of lambda
(lambda x: x)()
#: method called on the class
class A:
    def m(self): pass
A.m()
#: static method argument count
class A:
    @staticmethod
    def s(a): pass
A.s()
#: __init__ returns a value
class A:
    def __init__(self): return 5
A()
#: property raising attribute error
class A:
    @property
    def p(self): return self.missing
A().p
#: len returns a negative
class A:
    def __len__(self): return -1
len(A())
#: bool returns an int
class A:
    def __bool__(self): return 5
bool(A())
#: iter returns a non-iterator
class A:
    def __iter__(self): return 5
list(A())
#: star expression of None
print(*None)
#: duplicate base
class A: pass
class B(A, A): pass
#: final base
class A(bool): pass
#: round of a string
round('a')
#: abs of a list
abs([])
#: import star then use
from math import *
print(floor(2.5), sqrt(4))
#: type of exception info
import sys
try: raise ValueError('q')
except Exception as ex: print(type(ex) is ValueError, ex.__class__.__name__)
