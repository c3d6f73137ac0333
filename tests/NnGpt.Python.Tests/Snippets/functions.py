#: parameters of all kinds
def f(a, b=2, /, c=3, *args, d, e=5, **kw): return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{'d': 3, 'c': 9}))
#: default values are shared
def f(x, acc=[]): acc.append(x); return acc
f(1); print(f(2), f.__defaults__)
#: closures, nonlocal, global
n = 0
def outer():
    k = 10
    def inner():
        nonlocal k
        global n
        k += 1; n += 1
        return k
    return inner
i = outer(); i(); print(i(), n)
#: late binding in loops
fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
print([f() for f in fs], [g() for g in gs])
#: decorators
def twice(f):
    def w(*a, **k): return f(*a, **k) * 2
    return w
def tag(t):
    def d(f): f.tag = t; return f
    return d
@tag('q')
@twice
def g(x): return x + 1
print(g(3), g.tag)
#: lambda and map filter sorted
print(list(map(lambda a, b: a * b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), sorted('bca', reverse=True), sorted([(1, 'b'), (0, 'z')], key=lambda t: t[1]))
#: recursion
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15))
#: recursion limit
def f(n): return f(n + 1)
try: f(0)
except RecursionError as e: print(type(e).__name__, str(e)[:32])
#: unbound local
def f():
    print(x)
    x = 1
f()
#: name error
def f(): return undefined_name
f()
#: free variable unbound
def f():
    def g(): return y
    g()
    y = 1
f()
#: del local
def f():
    x = 1
    del x
    return x
f()
#: star args errors
def f(*a): pass
f(*5)
#: double star errors
def f(**k): pass
f(**5)
#: keyword given twice
def f(**k): pass
f(a=1, **{'a': 2})
#: annotations
def f(a: int, b: 'str' = 'x', *c: float, **d: dict) -> bool: ...
x: int = 5
y: 'undefined'
class A:
    u: int
    v: str = 'q'
print(f.__annotations__, __annotations__, A.__annotations__, A.v)
#: annotation is evaluated
def f(a: Undefined): pass
#: future annotations are lazy
from __future__ import annotations
def f(a: Undefined) -> AlsoUndefined: return a
class A:
    x: Missing = 1
print(f(1), A.x)
#: local annotations are not evaluated
def f():
    z: Undefined = 3
    return z
print(f())
#: function attributes
def f(): "the doc"
f.count = 3
print(f.count, f.__name__, f.__doc__, f.__dict__)
#: generator basics
def g(n):
    for i in range(n):
        yield i
    return 'done'
it = g(2); print(next(it), next(it))
try: next(it)
except StopIteration as e: print(e.value)
print(list(g(3)), sum(g(4)), tuple(g(2)), [*g(2)], max(g(5)))
#: generator send throw close
def g():
    try:
        while True:
            try:
                x = yield
                print('got', x)
            except ValueError as e:
                print('caught', e)
    finally:
        print('closing')
it = g(); next(it); it.send(1); it.throw(ValueError('v')); it.send(2); it.close()
#: yield from
def a():
    x = yield 1
    print('x', x)
    return 'ra'
def b():
    r = yield from a()
    print('r', r)
    yield from [5, 6]
    yield from range(2)
it = b(); print(next(it)); print(it.send('s'), list(it))
#: yield inside expressions
def g():
    a = (yield 1) + (yield 2)
    print('sum', a)
    b = [(yield 3), (yield 4)]
    print(b)
    if (yield 5): print('true')
    while (yield 6): pass
    return (yield 7)
it = g(); out = [next(it)]
for v in [10, 20, 30, 40, 1, 0]: out.append(it.send(v))
print(out)
#: generator with try finally and with
class CM:
    def __enter__(self): print('in'); return 7
    def __exit__(self, t, v, tb): print('out', t and t.__name__); return t is KeyError
def g():
    with CM() as c:
        yield c
        raise KeyError('k')
    try:
        yield 'mid'
    except ValueError:
        yield 'handled'
    else:
        yield 'else'
    finally:
        print('fin')
print(list(g()))
#: generator expressions
print(sum(x * x for x in range(5)), list((a, b) for a in range(2) for b in 'xy' if a), any(x > 3 for x in [1, 5]), all(x for x in []))
#: stop iteration inside a generator
def g():
    yield 1
    raise StopIteration
list(g())
#: generator return in for
def g():
    for i in range(10):
        if i == 3: return
        if i == 1: continue
        yield i
    yield 'never'
print(list(g()))
#: while else and for else and break
def f(x):
    for i in range(3):
        if i == x: break
    else:
        return 'else'
    return 'break'
print(f(1), f(9))
i = 0
while i < 3: i += 1
else: print('w', i)
#: walrus
print([y for x in range(5) if (y := x * 2) > 4], y)
if (n := 10) > 5: print(n)
def f():
    while (line := next(it, None)) is not None: print(line)
it = iter('ab'); f()
#: comprehension scopes
x = 5
l = [x for x in range(3)]
print(x, l, {a: b for a, b in [(1, 2)]}, {c % 2 for c in range(5)}, [[i * j for j in range(2)] for i in range(3)])
#: comprehension in class and closures
class A:
    n = 3
    l = [i for i in range(n)]
print(A.l)
def f(k): return [lambda: k + i for i in range(2)]
print([g() for g in f(10)])
#: unpacking
a, (b, *c), d = 1, (2, 3, 4), 5
[e, f] = 'xy'
*g, h = range(3)
i = j = [1]
print(a, b, c, d, e, f, g, h, i is j, (*g, 9), [*'ab', *range(2)], {**{'a': 1}, 'b': 2, **{'a': 3}}, {*[1], *[2]})
#: too many values
a, b = 1, 2, 3
#: not enough values
a, b, c = 1, 2
#: not enough values with star
a, *b, c = [1]
#: unpack a non-iterable
a, b = 5
#: augmented assignments
x = 5; x += 1; x *= 2; x -= 3; x //= 2; x **= 2; x %= 7; x <<= 3; x |= 1; x &= 13; x ^= 2; x >>= 1; print(x)
l = [1]; m = l; l += (2, 3); print(m, l is m)
t = (1,); t += (2,); print(t)
d = {'a': [1]}; d['a'] += [2]; d['b'] = d.get('b', 0) + 1; print(d)
s = 'a'; s += 'b'; s *= 2; print(s)
#: chained comparison and boolean values
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 != 1, 0 or 'a', 1 and 'b', not [], None or 0 or [], 1 == 1.0 == True, 2 in [1, 2] == True)
#: conditional expressions and is
print('a' if 0 else 'b', None is None, [] is not [], 'x' not in 'abc')
#: assert
assert 1, 'no'
assert 0, 'message here'
#: assert without message
assert []
#: del items
l = [1, 2, 3, 4]; del l[0], l[-1]; d = {1: 2}; del d[1]; print(l, d)
x = 1
del x
x
#: global at module level and builtins shadowing
max = lambda *a: 'shadowed'
print(max(1, 2))
def sum(x): return 'mine'
print(sum([1]))
#: lambda defaults and star
f = lambda *a, k=1, **kw: (a, k, kw)
print(f(1, 2, k=3, z=4), (lambda: 5)(), (lambda x, /, y: x + y)(1, y=2))
#: string annotations and docstrings
def f():
    '''doc
    more'''
    return 1
print(f.__doc__)
#: match statement
def m(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case str(s): return 'str ' + s
        case [a, b]: return f'two {a} {b}'
        case [a, *rest]: return f'list {a} {rest}'
        case {'k': v, **rest}: return f'map {v} {rest}'
        case float() if x > 5: return 'big'
        case None: return 'none'
        case (1.5, _): return 'never'
        case _: return 'other'
print([m(x) for x in [0, 2, 'q', [1, 2], [1, 2, 3], {'k': 1, 'z': 2}, 7.5, None, 3.5, ()]])
class Pt:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
match Pt(1, 2):
    case Pt(0, y): print('no')
    case Pt(x=1, y=q) as whole: print(q, whole.x)
match = 5; case = 6; print(match + case)
