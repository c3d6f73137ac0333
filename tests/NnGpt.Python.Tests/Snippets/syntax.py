#: missing colon
if True
    pass
#: missing colon after def
def f()
    pass
#: missing block
def f():
x = 1
#: missing block of if
if 1:
x = 1
#: missing block of class
class A:
#: unexpected indent
x = 1
  y = 2
#: bad dedent
if 1:
    x = 1
  y = 2
#: unclosed parenthesis
x = (1,
y = 2
#: unclosed bracket at the end
x = [1, 2
#: unclosed call followed by code
class A:
    def f(self):
        self.x = foo(1, 2
    def g(self):
        pass
#: unmatched parenthesis
x = 1)
#: mismatched brackets
x = (1]
#: assign to literal
1 = x
#: assign to call
f() = 1
#: assign to expression
a + b = 1
#: assign in condition
if x = 1:
    pass
#: assign to None
None = 1
#: assign to keyword
f(True=1)
#: print statement
print 'hello'
#: forgotten comma
x = [1 2]
#: forgotten comma in call
f(a b)
#: unterminated string
x = 'abc
#: unterminated triple string
x = '''abc
def
#: return outside function
return 1
#: break outside loop
break
#: continue outside loop
continue
#: yield outside function
yield 1
#: positional after keyword
f(a=1, 2)
#: keyword repeated
f(a=1, a=2)
#: default before non-default
def f(a=1, b): pass
#: duplicate parameter
def f(a, a): pass
#: try without except
try:
    x = 1
y = 2
#: delete literal
del 1
#: invalid decimal literal
x = 1abc
#: leading zeros
x = 0123
#: invalid character
x = 1 … 2
#: dollar sign
x = $5
#: keyword as name
class = 5
#: import without a name
import
#: from import trailing comma
from math import sin,
#: nonlocal without binding
def f():
    nonlocal zz
#: nonlocal at module level
nonlocal x
#: global after use
def f():
    x = 1
    global x
#: star assignment alone
*a = [1]
#: two stars
*a, *b = [1]
#: f-string empty expression
f'{}'
#: f-string unclosed
f'{x'
#: f-string single brace
f'}'
#: lambda without body
x = lambda
#: else without if
else:
    pass
#: dict missing value
x = {'a':}
#: except without type order
try:
    pass
except:
    pass
except ValueError:
    pass
#: generator must be parenthesized
f(x for x in y, 1)
#: ternary without else
x = 1 if 2
#: operator at the end
x = 1 +
#: double operator
x = 1 ** * 2
#: tabs and spaces
if 1:
        x = 1
	y = 2
#: walrus at statement level
x := 1
#: await outside
def f(): await x
#: unpack in comprehension
[*a for a in b]
#: text after code
x = 1 y = 2
#: english text
Here is the network:
#: markdown fence
```python
x = 1
```
#: truncated class
class Net:
    def __init__(self):
        self.a = 1
    def forward(self, x):
        x = self.a(
#: truncated def
class Net:
    def forward(self, x):
#: colon in expression
x = [1:2]
#: backslash junk
x = 1 \ 2
#: arguments after double star
def f(**k, a): pass
#: named argument must follow bare star
def f(a, *): pass
