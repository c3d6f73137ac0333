using NnGpt.Python.Runtime;

namespace NnGpt.Python.Tests;

/// <summary>What candidate code must not be able to do.</summary>
public sealed class ContainmentTests
{
    private static readonly ExecutionLimits s_small = new() { Steps = 300_000, TotalAllocation = 256 << 20 };

    [Theory]
    [InlineData("eval('1')", "NameError: name 'eval' is not defined")]
    [InlineData("exec('1')", "NameError: name 'exec' is not defined")]
    [InlineData("compile('1', '', 'eval')", "NameError: name 'compile' is not defined")]
    [InlineData("open('/etc/passwd')", "FileNotFoundError: [Errno 2] No such file or directory: '/etc/passwd'")]
    [InlineData("open('/tmp/x', 'w')", "PermissionError: [Errno 13] Permission denied: '/tmp/x'")]
    [InlineData("import os; os.system('id')", "PermissionError: [Errno 1] Operation not permitted")]
    [InlineData("import os; os.listdir('/')", "FileNotFoundError: [Errno 2] No such file or directory: '/'")]
    [InlineData("import os; print(len(os.environ)); os.kill(1, 9)", "PermissionError: [Errno 1] Operation not permitted")]
    [InlineData("import pickle; pickle.loads(b'')", "PermissionError: [Errno 1] Operation not permitted: pickle.loads is not available")]
    [InlineData("import shutil; shutil.rmtree('/')", "PermissionError: [Errno 1] Operation not permitted: shutil.rmtree is not available")]
    [InlineData("import importlib; importlib.import_module('subprocess')", "ModuleNotFoundError: No module named 'subprocess'")]
    [InlineData("import pathlib; pathlib.Path('/etc/passwd').read_text()", "FileNotFoundError: [Errno 2] No such file or directory: '/etc/passwd'")]
    [InlineData("__import__('os').system('id')", "PermissionError: [Errno 1] Operation not permitted")]
    [InlineData("__import__('subprocess')", "ModuleNotFoundError: No module named 'subprocess'")]
    [InlineData("globals()", "NameError: name 'globals' is not defined")]
    [InlineData("input()", "NameError: name 'input' is not defined")]
    [InlineData("breakpoint()", "NameError: name 'breakpoint' is not defined")]
    [InlineData("__builtins__", "NameError: name '__builtins__' is not defined")]
    [InlineData("import subprocess", "ModuleNotFoundError: No module named 'subprocess'")]
    [InlineData("import socket", "ModuleNotFoundError: No module named 'socket'")]
    [InlineData("import builtins", "ModuleNotFoundError: No module named 'builtins'")]
    [InlineData("import ctypes", "ModuleNotFoundError: No module named 'ctypes'")]
    [InlineData("import System", "ModuleNotFoundError: No module named 'System'")]
    [InlineData("().__class__.__base__.__subclasses__()", "AttributeError: type object 'object' has no attribute '__subclasses__'")]
    [InlineData("(lambda: 0).__globals__", "AttributeError: 'function' object has no attribute '__globals__'")]
    [InlineData("(lambda: 0).__code__", "AttributeError: 'function' object has no attribute '__code__'")]
    [InlineData("(lambda: 0).__closure__", "AttributeError: 'function' object has no attribute '__closure__'")]
    [InlineData("(x for x in []).gi_frame", "AttributeError: 'generator' object has no attribute 'gi_frame'")]
    [InlineData("print.__self__", "AttributeError: 'builtin_function_or_method' object has no attribute '__self__'")]
    [InlineData("import sys; sys.modules['os']", "KeyError: 'os'")]
    [InlineData("import sys; sys._getframe()", "AttributeError: module 'sys' has no attribute '_getframe'")]
    [InlineData("int.foo = 1", "TypeError: cannot set 'foo' attribute of immutable type 'int'")]
    [InlineData("from enum import Enum; Enum.x = 1", "TypeError: cannot set 'x' attribute of immutable type 'Enum'")]
    [InlineData("type(print)()", "TypeError: cannot create 'builtin_function_or_method' instances")]
    [InlineData("type(lambda: 0)()", "TypeError: cannot create 'function' instances")]
    [InlineData("type({}.keys()).__len__(5)", "TypeError: descriptor requires an object of another type")]
    [InlineData("'{0.__class__.__init__.__globals__}'.format(lambda: 0)", "AttributeError: 'builtin_function_or_method' object has no attribute '__globals__'")]
    public void Escape_IsAnOrdinaryError(string source, string error) => Assert.Equal(error, SnippetOutcome.Of(source).Error);

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("while True:\n    try:\n        while True: pass\n    except BaseException: pass")]
    [InlineData("while True:\n    try:\n        while True: pass\n    finally: continue")]
    [InlineData("for x in iter(int, 1): pass")]
    [InlineData("import itertools\nfor x in itertools.count(): pass")]
    [InlineData("sum(range(10 ** 12))")]
    [InlineData("max(range(10 ** 12))")]
    [InlineData("any(0 for _ in range(10 ** 12))")]
    [InlineData("import itertools\nall(itertools.repeat(1))")]
    [InlineData("def f():\n    try: f()\n    finally: f()\nf()")]
    [InlineData("class A:\n    def __exit__(self, *a): return True\n    def __enter__(self): pass\nwhile True:\n    with A():\n        while True: pass")]
    [InlineData("def g():\n    while True:\n        try: yield 1\n        except GeneratorExit: pass\nfor x in g(): pass")]
    public void EndlessCode_ReachesTheStepLimit(string source) =>
        Assert.Equal("limit: Steps", SnippetOutcome.Of(source, s_small).Error);

    [Theory]
    [InlineData("x = [0] * 10 ** 9")]
    [InlineData("x = 'a' * 10 ** 9")]
    [InlineData("x = (1,) * 10 ** 9")]
    [InlineData("x = list(range(10 ** 10))")]
    [InlineData("x = 10 ** 10 ** 10")]
    [InlineData("x = 1 << 10 ** 12")]
    [InlineData("x = 'a'.ljust(10 ** 10)")]
    [InlineData("x = f'{1:1000000000}'")]
    [InlineData("x = '%1000000d' % 1 * 10 ** 6")]
    [InlineData("x = 'a'.center(10 ** 11)")]
    [InlineData("x = ('a' * 10 ** 6).replace('a', 'b' * 10 ** 6)")]
    [InlineData("x = 'x'.join(['y' * 10 ** 6] * 10 ** 3)")]
    [InlineData("import random; random.getrandbits(10 ** 9)")]
    [InlineData("import math; math.factorial(10 ** 9)")]
    [InlineData("s = 'ab'\nwhile True: s += s")]
    [InlineData("l = [1]\nwhile True: l += l")]
    [InlineData("x = 3\nwhile True: x *= x")]
    [InlineData("import itertools; list(itertools.repeat(0))")]
    [InlineData("set(range(10 ** 10))")]
    public void HugeAllocation_IsRefusedBeforeItIsMade(string source)
    {
        var interpreter = new Interpreter(s_small with { Steps = 50_000_000 }, TimeProvider.System, TestContext.Current.CancellationToken);
        StandardLibrary.Register(interpreter);
        var code = PythonSource.Compile(source, "huge.py").Code!;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = interpreter.Execute(code, "huge");

        Assert.True(result.Limit is not null || result.Exception!.Message is "MemoryError" or "ValueError: width too big");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    [Theory]
    [InlineData("def f(): return f()\nf()")]
    [InlineData("class A:\n    def __repr__(self): return repr(self)\nrepr(A())")]
    [InlineData("class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().y")]
    [InlineData("class A:\n    def __eq__(self, o): return self == o\nA() == A()")]
    [InlineData("class A:\n    def __call__(self): return self()\nA()()")]
    [InlineData("def g(): yield from g()\nlist(g())")]
    [InlineData("class A:\n    @property\n    def p(self): return self.p\nA().p")]
    [InlineData("def f(x): return sorted([x], key=f)\nf(1)")]
    [InlineData("def f(x): return [f(y) for y in [1]]\nf(1)")]
    [InlineData("def f():\n    try: f()\n    except ValueError: pass\nf()")]
    [InlineData("def f():\n    with C(): f()\nclass C:\n    def __enter__(self): pass\n    def __exit__(self, *a): pass\nf()")]
    public void DeepRecursion_RaisesRecursionError(string source) =>
        Assert.StartsWith("RecursionError", SnippetOutcome.Of(source).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("f = lambda: 0\nimport functools\nfor i in range(30000): f = functools.partial(f)\nf()")]
    [InlineData("t = ()\nfor i in range(30000): t = (t,)\nhash(t)")]
    [InlineData("t = []\nfor i in range(30000): t = [t]\nrepr(t)")]
    [InlineData("a, b = [], []\nfor i in range(30000): a, b = [a], [b]\na == b")]
    [InlineData("i = iter([])\nfor k in range(30000): i = map(str, i)\nlist(i)")]
    [InlineData("i = iter([])\nfor k in range(30000): i = (x for x in i)\nlist(i)")]
    [InlineData("import copy\nt = []\nfor i in range(30000): t = [t]\ncopy.deepcopy(t)")]
    [InlineData("t = int\nfor i in range(30000): t = (t,)\nisinstance('', t)")]
    [InlineData("t = ValueError\nfor i in range(30000): t = (t,)\ntry: 1 / 0\nexcept t: pass")]
    [InlineData("f = print\nfor i in range(30000): f = staticmethod(f)\nf()")]
    [InlineData("d = {}\nfor i in range(30000): d = {1: d}\nrepr(d)")]
    public void DeeplyNestedValue_DoesNotEndTheProcess(string source)
    {
        var error = SnippetOutcome.Of(source).Error;

        // Of the tuple of tuples Python says, without going down, that it is no class of exceptions.
        Assert.True(error is null or "TypeError: catching classes that do not inherit from BaseException is not allowed" || error.StartsWith("RecursionError", StringComparison.Ordinal), error);
    }

    [Fact]
    public void Recursion_WithinPythonsLimit_Works() =>
        Assert.Equal("900 900 900\n", SnippetOutcome.Of("""
            def f(n): return n if n == 900 else f(n + 1)
            def g(n): return n if n == 900 else max([g(m) for m in [n + 1]], key=lambda x: x)
            class A:
                def __init__(self, n): self.n = n
                def __call__(self): return self.n if self.n == 900 else A(self.n + 1)()
            print(f(0), g(600), A(450 + 10)())
            """).Output);

    [Fact]
    public void DeepRecursion_OnAnOrdinaryThread_RaisesRecursionError()
    {
        var code = PythonSource.Compile("def f(): return [f() for _ in 'a']\nf()", "deep.py").Code!;
        var interpreter = new Interpreter(new ExecutionLimits { CallDepth = 3000 }, TimeProvider.System, TestContext.Current.CancellationToken);

        var result = interpreter.Execute(code, "deep");

        Assert.True(result.Exception!.Is(PyErrors.RecursionErrorClass));
    }

    [Fact]
    public void Execute_WhenCancelled_EndsWithThatLimit()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var interpreter = new Interpreter(new ExecutionLimits(), TimeProvider.System, cancellation.Token);

        var result = interpreter.Execute(PythonSource.Compile("while True: pass", "x.py").Code!, "x");

        Assert.Equal(ExecutionLimit.Cancelled, result.Limit);
    }

    [Fact]
    public void Output_BeyondItsLimit_IsDropped()
    {
        var outcome = SnippetOutcome.Of("for i in range(1000): print('x' * 100)", new ExecutionLimits { OutputCharacters = 250 });

        Assert.Equal(250, outcome.Output.Length);
        Assert.Null(outcome.Error);
    }
}
