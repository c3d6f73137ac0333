using System.Text;

namespace NnGpt.Python.Tests.Fuzzing;

/// <summary>Programs by the grammar: mostly well-formed, mostly without sense.</summary>
internal sealed class SourceGenerator(Random random)
{
    private static readonly string[] s_names = ["a", "b", "c", "x", "y", "f", "g", "C", "D", "self", "e", "_", "__p"];
    private static readonly string[] s_attributes =
    [
        "x", "__class__", "__dict__", "__name__", "__mro__", "append", "real", "join", "format", "keys", "items", "__init__", "__getattr__",
        "send", "throw", "close", "__call__", "__iter__", "__next__", "__doc__", "copy", "sort", "pop", "args", "__cause__", "value", "__wrapped__",
    ];

    private static readonly string[] s_literals =
    [
        "0", "1", "-1", "2.5", "1e308", "10**20", "'s'", "''", "'%s %d'", "'{} {:>5}'", "b'x'", "1j", "None", "True", "...", "()", "[]", "{}",
        "[1, 2, 3]", "(1, 'a')", "{'k': 1}", "{1, 2}", "range(5)", "float('nan')", "f'{a!r:>{b}}'", "NotImplemented", "object()", "slice(1, 2)",
    ];

    private static readonly string[] s_functions =
    [
        "len", "print", "repr", "str", "int", "float", "list", "tuple", "dict", "set", "sorted", "sum", "min", "max", "abs", "iter", "next", "type",
        "isinstance", "issubclass", "getattr", "setattr", "hasattr", "delattr", "hash", "id", "map", "filter", "zip", "enumerate", "reversed", "round",
        "divmod", "pow", "any", "all", "chr", "ord", "bin", "format", "vars", "dir", "super", "property", "staticmethod", "classmethod", "object",
        "Exception", "StopIteration", "ExceptionGroup", "complex", "bytes", "slice", "frozenset", "callable", "range", "open",
        "math.sqrt", "copy.deepcopy", "functools.partial", "functools.lru_cache", "itertools.chain", "itertools.product", "itertools.groupby",
        "collections.Counter", "collections.OrderedDict", "collections.deque", "collections.defaultdict", "collections.namedtuple",
        "dataclasses.dataclass", "dataclasses.field", "enum.Enum", "types.SimpleNamespace", "operator.itemgetter", "random.choice", "random.Random",
        "re.sub", "re.match", "re.compile", "json.dumps", "json.loads", "inspect.signature", "np.array", "np.zeros", "np.prod", "typing.Optional",
        "typing.NamedTuple", "typing.get_type_hints", "contextlib.contextmanager", "functools.singledispatch", "abc.ABC", "fractions.Fraction",
    ];

    private static readonly string[] s_operators =
        ["+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>", "**", "==", "!=", "<", "<=", " is ", " is not ", " in ", " not in ", " and ", " or "];

    private static readonly string[] s_dunders =
    [
        "__init__", "__getattr__", "__getattribute__", "__setattr__", "__eq__", "__hash__", "__repr__", "__str__", "__len__", "__iter__", "__next__",
        "__getitem__", "__call__", "__enter__", "__exit__", "__add__", "__radd__", "__iadd__", "__lt__", "__bool__", "__contains__", "__new__",
        "__init_subclass__", "__set_name__", "__get__", "__set__", "__format__", "__index__", "__float__", "__del__", "__class_getitem__", "__missing__",
        "__deepcopy__", "__reduce__", "__await__", "__instancecheck__", "__dir__", "__reversed__", "__neg__", "__abs__", "__round__", "__missing__",
    ];

    private readonly StringBuilder _text = new();

    public string Program()
    {
        _text.Clear();
        _text.Append("import math, copy, functools, itertools, collections, dataclasses, enum, types, operator, random, re, json, inspect, typing, contextlib, abc, fractions\n");
        if (random.Next(8) == 0)
            _text.Append("import numpy as np\n");
        _text.Append("a = b = c = x = y = e = 1\n");
        for (var i = random.Next(1, 8); i > 0; i--)
            Statement(0, 3);
        return _text.ToString();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private void Line(int indent, string text) => _text.Append(' ', indent * 4).Append(text).Append('\n');

    private void Block(int indent, int depth)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
            Statement(indent + 1, depth - 1);
    }

    private void Statement(int indent, int depth)
    {
        switch (random.Next(depth > 0 ? 24 : 10))
        {
            case 0 or 1 or 2:
                Line(indent, $"{Target()} = {Expression(3)}");
                break;
            case 3:
                Line(indent, $"{Target()} {Pick(["+", "-", "*", "|", "@", "//", "**", "%"])}= {Expression(2)}");
                break;
            case 4:
                Line(indent, Expression(4));
                break;
            case 5:
                Line(indent, Pick(["pass", "break", "continue", "return", "raise", "yield", "return a", "global x", "nonlocal y", "del a", "assert a, b", "raise ValueError(a) from None"]));
                break;
            case 6:
                Line(indent, $"raise {Expression(1)}");
                break;
            case 7:
                Line(indent, $"del {Target()}");
                break;
            case 8:
                Line(indent, $"{Pick(s_names)}: {Expression(1)} = {Expression(1)}");
                break;
            case 9:
                Line(indent, Pick(["from math import *", "from os import path", "import nope", "from re import nope", "import os.path as a", "import sys"]));
                break;
            default:
                Compound(indent, depth);
                break;
        }
    }

    private void Compound(int indent, int depth)
    {
        switch (random.Next(10))
        {
            case 0:
                Line(indent, $"if {Expression(2)}:");
                Block(indent, depth);
                if (random.Next(2) == 0)
                {
                    Line(indent, "else:");
                    Block(indent, depth);
                }

                break;
            case 1:
                Line(indent, $"for {Pick(["a", "a, b", "*a, b", "x[0]", "self.x"])} in {Expression(2)}:");
                Block(indent, depth);
                break;
            case 2:
                Line(indent, $"while {Expression(1)}:");
                Block(indent, depth);
                break;
            case 3:
                Line(indent, "try:");
                Block(indent, depth);
                Line(indent, Pick(["except:", "except Exception as e:", "except (ValueError, TypeError):", "finally:", "except* ValueError as e:", $"except {Expression(1)}:"]));
                Block(indent, depth);
                break;
            case 4:
                Line(indent, $"with {Expression(2)} as {Pick(s_names)}:");
                Block(indent, depth);
                break;
            case 5 or 6:
                if (random.Next(3) == 0)
                    Line(indent, $"@{Expression(1)}");
                Line(indent, $"{Pick(["", "", "", "async "])}def {Pick(s_names)}{Pick(["", "", "[T]"])}({Parameters()}):");
                Block(indent, depth);
                if (random.Next(2) == 0)
                    Line(indent + 1, Pick(["yield a", "return a", "x = yield b", "yield from a", "await a", "return f(a)", "super().__init__()"]));
                break;
            case 7 or 8:
                Line(indent, $"class {Pick(["C", "D", "e"])}{Pick(["", "", "(C)", "(D, C)", "(int)", "(dict)", "(Exception)", "(metaclass=type)", "(enum.Enum)", "(abc.ABC)", "[T]", "(typing.NamedTuple)"])}:");
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    if (random.Next(2) == 0)
                    {
                        Line(indent + 1, $"def {Pick(s_dunders)}({Pick(["self", "self, a", "self, a, b", "self, *a", "cls, *a, **b"])}):");
                        Block(indent + 1, 1);
                        Line(indent + 2, $"return {Expression(2)}");
                    }
                    else
                    {
                        Statement(indent + 1, depth - 1);
                    }
                }

                break;
            default:
                Line(indent, $"match {Expression(1)}:");
                Line(indent + 1, $"case {Pick(["1", "[a, *b]", "{'k': a, **b}", "C(x=a)", "int(a)", "(1 | 2) as c", "str()", "None", "[1, [a, b]]", "a.b", "_"])}{Pick(["", " if a"])}:");
                Block(indent + 1, depth);
                break;
        }
    }

    private string Parameters() => Pick(["", "self", "a", "a, b=1", "*a", "**a", "a, /, b", "a, *, b=2", "a, *b, c=1, **e", "x: int = 1"]);

    private string Target() => Pick([Pick(s_names), Pick(s_names), $"{Pick(s_names)}.{Pick(s_attributes)}", $"{Pick(s_names)}[{Expression(1)}]", "a, b", "a, *b", "[x, (y, c)]"]);

    private string Expression(int depth)
    {
        if (depth <= 0 || random.Next(6) == 0)
            return random.Next(2) == 0 ? Pick(s_names) : Pick(s_literals);
        return random.Next(16) switch
        {
            0 or 1 or 2 => $"{Expression(depth - 1)}{Pick(s_operators)}{Expression(depth - 1)}",
            3 => $"({Pick(["-", "not ", "~", "+"])}{Expression(depth - 1)})",
            4 or 5 or 6 => $"{Pick(s_functions)}({Arguments(depth)})",
            7 => $"{Pick(s_names)}({Arguments(depth)})",
            8 => $"{Expression(depth - 1)}.{Pick(s_attributes)}",
            9 => $"({Expression(depth - 1)}).{Pick(s_attributes)}({Arguments(depth)})",
            10 => $"({Expression(depth - 1)})[{Pick(["0", "-1", "1:2", "::-1", "'k'", "...", "None, 0", Expression(depth - 1)])}]",
            11 => $"[{Expression(depth - 1)} for {Pick(["a", "a, b", "x"])} in {Expression(depth - 1)}{Pick(["", " if a"])}]",
            12 => $"({Expression(depth - 1)} for a in {Expression(depth - 1)})",
            13 => $"(lambda {Pick(["", "a", "*a", "a=1"])}: {Expression(depth - 1)})",
            14 => $"({Expression(depth - 1)} if {Expression(depth - 1)} else {Expression(depth - 1)})",
            _ => $"{{{Expression(depth - 1)}: {Expression(depth - 1)}}}",
        };
    }

    private string Arguments(int depth) => Pick(
        ["", Expression(depth - 1), $"{Expression(depth - 1)}, {Expression(depth - 1)}", "*a", "**b", $"{Expression(depth - 1)}, key={Expression(depth - 1)}", "a, b, c"]);
}
