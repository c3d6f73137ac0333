#: missing colon
if True
    pass
#: missing paren
x = (1,
y = 2
#: unmatched
x = 1)
#: wrong closing
x = (1]
#: unterminated string
x = 'abc
#: unterminated triple
x = '''abc
def
#: bad indent
def f():
    x = 1
      y = 2
#: bad dedent
def f():
        x = 1
    y = 2
#: expected block
def f():
x = 1
#: expected block class
class A:

x = 1
#: expected block else
if 1:
    pass
else:
x = 1
#: tab error
if 1:
        x = 1
	y = 2
#: assign to literal
1 = x
#: assign to call
f() = 1
#: assign to none
None = 1
#: assign to expr
a + b = 1
#: compare assign
if x = 1: pass
#: kw repeated
f(a=1, a=2)
#: positional after keyword
f(a=1, 2)
#: positional after unpacking
f(**k, 2)
#: non default after default
def f(a=1, b): pass
#: duplicate argument
def f(a, a): pass
#: return outside
return 1
#: break outside
break
#: continue outside
continue
#: del call
del f()
#: del literal
del 1
#: two statements
x = 1 y = 2
#: invalid token
x = 1 ? 2
#: dollar
x = $y
#: bad number
x = 012
#: bad number 2
x = 1__0
#: bad number 3
x = 0xg
#: bad number 4
x = 1abc
#: bad number 5
x = 0b12
#: import star in function
def f():
    from math import *
#: nonlocal at module
nonlocal x
#: nonlocal unbound
def f():
    nonlocal x
#: global after use
def f():
    print(x)
    global x
#: global param
def f(x):
    global x
#: lambda assignment
lambda: x = 1
#: missing in
for x y: pass
#: unexpected indent
x = 1
  y = 2
#: eof in block
def f():
#: except order
try: pass
except: pass
except ValueError: pass
#: try alone
try:
    pass
x = 1
#: star alone
*a = 1
#: star expr
x = *a
#: two stars
*a, *b = c
#: starred in call ok then error
f(*)
#: dict missing value
x = {1: }
#: dict comp
x = {1: 2 for}
#: genexp arg
f(x for x in y, 1)
#: print statement
print "hello"
#: exec statement
exec "x"
#: forgot comma
x = [1 2]
#: forgot comma call
f(a b)
#: walrus statement
x := 1
#: walrus attr
(a.b := 1)
#: f-string empty
f'{}'
#: f-string single brace
f'}'
#: unknown future
from __future__ import braces2
#: keyword as name
class = 1
#: keyword argument name
f(None=1)
#: else without if
else:
    pass
#: elif after else
if 1: pass
else: pass
elif 2: pass
#: raise from nothing
raise x from
#: assert nothing
assert
#: import nothing
import
#: from nothing
from math import
#: from trailing comma
from math import pi,
#: decorator newline
@x
y = 1
#: class args
class A(1 2): pass
#: double star param
def f(**k, a): pass
#: star no name
def f(*): pass
#: slash first
def f(/, a): pass
#: slash twice
def f(a, /, b, /): pass
#: await module
await x
#: async for outside
def f():
    async for x in y: pass
#: aug tuple
(a, b) += 1
#: aug literal
1 += x
#: annotate tuple
(a, b): int = 1
#: conditional without else
x = 1 if 2
#: non utf character
x = “hello”
#: nbsp
x = 1 + 2
#: cont char
x = 1 \ 2
#: match broken
match x:
    case 1
        pass
#: with broken
with open(x) as f
    pass
#: not as operand
x = 1 + not 2
#: bytes non ascii
x = b'é'
#: mix bytes
x = b'a' 'b'
#: bad unicode escape
x = '\u12'
#: bad hex escape
x = '\x1'
#: bad name escape
x = '\N{NO SUCH NAME}'
#: unclosed bracket at end
def f(a,
      b:
    return [1, 2
#: missing operand
x = 1 +
#: missing operand 2
x = * 2
#: double op
x = 1 ** ** 2
#: comma only
x = ,
#: call assign kw expr
f(a.b=1)
#: lambda missing
lambda x 1
#: unpack star in subscript ok
x = a[*b]
print('unreached')
#: attr number
x.1
#: empty subscript
x[]
#: return in class
class A:
    return 1
#: for else wrong
for i in range(3):
    pass
elif 1: pass
#: truncated def
class Net:
    def forward(self, x):
        x = self.conv(x
        return x
#: truncated string arg
class Net:
    def forward(self, x):
        return self.act("relu
#: truncated at dot
x = torch.nn.
#: truncated at equals
x =
#: truncated in list
layers = [
    1,
    2,
#: truncated in call kw
f(a=1, b=

#: starred key of a dict
x = {* 1: 2}

#: starred key behind another
x = {**{}, * 1: 2}

#: starred key in a comprehension
x = {*a: 1 for a in [(1,)]}
