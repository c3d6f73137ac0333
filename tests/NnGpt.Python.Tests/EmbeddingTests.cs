using NnGpt.Python.Runtime;

namespace NnGpt.Python.Tests;

/// <summary>The uses that README.md promises to native code.</summary>
public sealed class EmbeddingTests
{
    private static readonly PyClass s_module = new PyClass("Module", "nn")
        .Method("__init__", "self", a =>
        {
            a.As<PyInstance>(0).NativeState = new PyDict();
            return null;
        })
        .GetAttributeHook((self, name) => ((PyDict?)((PyInstance)self).NativeState)?.GetOrNull(name))
        .SetAttributeHook((self, name, value) =>
        {
            if (value is Vector)
                ((PyDict)((PyInstance)self).NativeState!).Set(name, value);
            else
                Py.SetAttrGeneric(self, name, value);
        })
        .Method("__call__", "self, *args, **kwargs", a => Py.CallWith(Py.GetAttr(a[0], "forward"), a.Tuple(1).Items, a.Dict(2)))
        .Method("vectors", self => new NativeIterator("generator", ((PyDict)((PyInstance)self).NativeState!).Keys))
        .Property("training", _ => Py.True);

    private sealed class Vector : PyObject
    {
        public static readonly PyClass VectorClass = new PyClass("Vector", "nn") { InstancesHaveAttributes = true }
            .New("cls, *values", a => new Vector([.. a.Tuple(1).Items.Select(Py.ToDouble)]))
            .Method("__add__", (self, other) => other is Vector v ? ((Vector)self).Map(v, (x, y) => x + y) : PyNotImplemented.Value)
            .Method("__rmul__", (self, other) => Py.TryDouble(other, out var k) ? ((Vector)self).Map((Vector)self, (x, _) => x * k) : PyNotImplemented.Value)
            .Method("__matmul__", (self, other) => ((Vector)self)._values.Zip(((Vector)other)._values).Sum(p => p.First * p.Second))
            .Method("__getitem__", (self, key) => key is PySlice slice
                ? new Vector(((Vector)self)._values[(int)slice.Indices(3).Start..(int)slice.Indices(3).Stop])
                : ((Vector)self)._values[Py.ToInt32(key)])
            .Method("__setitem__", "self, key, value, /", a =>
            {
                ((Vector)a[0])._values[a.Int(1)] = a.Double(2);
                return null;
            })
            .Method("__len__", self => Py.Int(((Vector)self)._values.Length))
            .Method("__iter__", self => new NativeIterator("iterator", ((Vector)self)._values.Select(v => (object)v)))
            .Method("__repr__", self => $"Vector({string.Join(", ", ((Vector)self)._values.Select(v => Py.Repr(v)))})")
            .Method("__eq__", (self, other) => new PyList(((Vector)self)._values.Zip(((Vector)other)._values).Select(p => Py.Bool(p.First == p.Second))))
            .Methods(["norm", "length"], "self, p=2", a => Math.Pow(((Vector)a[0])._values.Sum(v => Math.Pow(v, a.Double(1))), 1 / a.Double(1)))
            .Property("shape", self => PyTuple.OfInts([((Vector)self)._values.Length]));

        private readonly double[] _values;

        public Vector(double[] values) : base(VectorClass) => _values = values;

        private Vector Map(Vector other, Func<double, double, double> f) => new([.. _values.Zip(other._values, f)]);
    }

    private sealed class DeviceException(string message) : Exception(message);

    private static string Run(string source)
    {
        var compiled = PythonSource.Compile(source, "candidate.py");
        Assert.True(compiled.Succeeded, compiled.Error?.ToString());
        var interpreter = new Interpreter(new ExecutionLimits(), TimeProvider.System, TestContext.Current.CancellationToken);
        StandardLibrary.Register(interpreter);
        interpreter.RegisterModule("nn", () =>
        {
            var module = new PyModule("nn").Add(s_module).Add(Vector.VectorClass).Set("inner", interpreter.FindModule("nn.inner")!);
            module.Function("fail", "", _ => throw new DeviceException("device lost"));
            module.Function("pad", "input, pad, mode='constant', *, value=None", a => $"{a.Long(1)} {a.Text(2)} {Py.Repr(a[3])}");
            module.Resolve = name => name.StartsWith("op_", StringComparison.Ordinal) ? name[3..] : null;
            return module;
        });
        interpreter.RegisterModule("nn.inner", () => new PyModule("nn.inner").Set("depth", Py.Int(2)));
        interpreter.ExceptionTranslators.Add(e => e is DeviceException ? PyErrors.RuntimeError(e.Message) : null);
        var result = LargeStackThread.Run(() => interpreter.Execute(compiled.Code, "candidate"));
        using var scope = interpreter.Enter();
        return interpreter.Output + result.Exception?.Message;
    }

    [Fact]
    public void Run_OnALargeStackThread_StartsNoOther()
    {
        var (outer, inner) = LargeStackThread.Run(() => (Environment.CurrentManagedThreadId, LargeStackThread.Run(() => Environment.CurrentManagedThreadId)));
        Assert.NotEqual(Environment.CurrentManagedThreadId, outer);
        Assert.Equal(outer, inner);
    }

    [Fact]
    public void NativeClass_IsDerivedFromAndHooked()
    {
        var output = Run("""
            import nn
            class Mixin:
                def hello(self): return 'hello ' + type(self).__name__
            class Net(nn.Module, Mixin):
                def __init__(self, k):
                    super().__init__()
                    self.v = nn.Vector(1, 2, 3)
                    self.k = k
                def forward(self, x, scale=1): return scale * (self.v + x)
            n = Net(5)
            print(n(nn.Vector(1, 1, 1), scale=2), n.k, list(n.vectors()), 'v' in n.__dict__, n.hello(), isinstance(n, nn.Module), n.training, hasattr(n, 'w'))
            n.w
            """);

        Assert.Equal(
            "Vector(4.0, 6.0, 8.0) 5 ['v'] False hello Net True True False\nAttributeError: 'Net' object has no attribute 'w'",
            output);
    }

    [Fact]
    public void NativeClass_AttributeBeforeInit_IsAbsent() =>
        Assert.Equal("AttributeError: 'Net' object has no attribute 'v'", Run("""
            import nn
            class Net(nn.Module):
                def __init__(self): self.v
            Net()
            """));

    [Fact]
    public void NativeValue_TakesPartInOperators() =>
        Assert.Equal(
            "Vector(2.0, 4.0, 6.0) 14.0 2.0 Vector(1.0, 2.0) 3 [1.0, 2.0, 3.0] [True, True, True] (3,) 3.7416573867739413 9.0\n"
            + "TypeError: unsupported operand type(s) for +: 'Vector' and 'int'",
            Run("""
                from nn import Vector
                v = Vector(1, 2, 3)
                v.note = 'x'
                w = Vector(*v); w[0] = 9
                print(2 * v, v @ v, v[1], v[:2], len(v), list(v), v == v, v.shape, v.norm(), w[0])
                v + 1
                """));

    [Theory]
    [InlineData("import nn; print(nn.op_relu, nn.inner.depth)", "relu 2\n")]
    [InlineData("import nn.inner as i; print(i.depth)", "2\n")]
    [InlineData("from nn import op_x, inner; print(op_x, inner.depth)", "x 2\n")]
    [InlineData("import nn; nn.missing", "AttributeError: module 'nn' has no attribute 'missing'")]
    [InlineData("from nn import missing", "ImportError: cannot import name 'missing' from 'nn' (unknown location)")]
    [InlineData("import nn; print(nn.pad(1, 2, value=3), nn.pad(1, pad=5, mode='r'))", "2 constant 3 5 r None\n")]
    [InlineData("import nn; nn.pad(1)", "TypeError: pad() missing 1 required positional argument: 'pad'")]
    [InlineData("import nn; nn.pad(1, 'x')", "TypeError: pad(): argument 'pad' (position 2) must be int, not str")]
    [InlineData("import nn\ntry: nn.fail()\nexcept RuntimeError as e: print('caught', e)", "caught device lost\n")]
    [InlineData("import nn; nn.Vector.x = 1", "TypeError: cannot set 'x' attribute of immutable type 'Vector'")]
    public void NativeModule_BehavesAsAPythonModule(string source, string output) => Assert.Equal(output, Run(source));

    [Fact]
    public void Evaluate_CallsFunctionsOfTheModule_AndGivesErrorsAsValues()
    {
        var code = PythonSource.Compile("""
            class Net:
                def __init__(self, n, *, bias=True): self.n = n
                def run(self, xs): return [x / self.n for x in xs]

            def outer(x):
                return Net(0).run(x)
            """, "net.py").Code!;
        var interpreter = new Interpreter(new ExecutionLimits(), TimeProvider.System, TestContext.Current.CancellationToken);
        var module = interpreter.Execute(code, "net").Value!;

        var good = interpreter.Evaluate(() => Py.ToList(Py.CallMethod(
            Py.Call(Py.GetAttr(module, "Net"), [Py.Int(2)], [new Keyword("bias", Py.False)]), "run", new PyList([Py.Int(3)]))));
        var bad = interpreter.Evaluate(() => Py.Call(Py.GetAttr(module, "outer"), new PyTuple(1L, 2L)));

        Assert.Equal([1.5], good.Value!);
        Assert.Equal("ZeroDivisionError: division by zero", bad.Exception!.Message);
        Assert.Equal(
            [new TracebackEntry("net.py", 3, "<listcomp>"), new TracebackEntry("net.py", 3, "run"), new TracebackEntry("net.py", 6, "outer")],
            bad.Exception.Traceback);
    }

    [Fact]
    public void With_RunsAManagerWrittenInPython()
    {
        var code = PythonSource.Compile("""
            log = []
            class M:
                def __enter__(self): log.append('in'); return 5
                def __exit__(self, t, v, tb): log.append(t and t.__name__); return t is KeyError
            """, "m.py").Code!;
        var interpreter = new Interpreter(new ExecutionLimits(), TimeProvider.System, TestContext.Current.CancellationToken);
        var module = interpreter.Execute(code, "m").Value!;

        var result = interpreter.Evaluate(() =>
        {
            var manager = Py.Call(Py.GetAttr(module, "M"));
            Py.With<object>(manager, _ => throw PyErrors.KeyError("k"));
            return Py.With(manager, value => Py.ToLong(value) + 1);
        });

        Assert.Equal(6, result.Value);
        Assert.Equal("['in', 'KeyError', 'in', None]", interpreter.Evaluate(() => Py.Repr(Py.GetAttr(module, "log"))).Value);
    }

    [Fact]
    public void Execute_TwiceFromOneCode_SharesNothing()
    {
        var code = PythonSource.Compile("x = globals_seen = []\nx.append(1)\nprint(len(x))", "twice.py").Code!;

        var outputs = Enumerable.Range(0, 2).Select(_ =>
        {
            var interpreter = new Interpreter(new ExecutionLimits(), TimeProvider.System, TestContext.Current.CancellationToken);
            interpreter.Execute(code, "twice");
            return interpreter.Output;
        });

        Assert.Equal(["1\n", "1\n"], outputs);
    }
}
