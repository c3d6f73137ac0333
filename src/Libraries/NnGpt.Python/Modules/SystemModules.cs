using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>time</c> with a constant clock, the harmless part of <c>sys</c>, and <c>__future__</c>.</summary>
internal static class SystemModules
{
    private const double ConstantTime = 1_700_000_000.0;

    public static PyModule CreateTime()
    {
        var module = new PyModule("time");
        foreach (var name in (string[])["time", "perf_counter", "monotonic", "process_time"])
            module.Function(name, "", _ => ConstantTime);
        foreach (var name in (string[])["time_ns", "perf_counter_ns", "monotonic_ns"])
            module.Function(name, "", _ => Py.Int((long)(ConstantTime * 1e9)));
        module.Function("sleep", "secs, /", _ => null);
        module.Function("strftime", "format, t=None, /", _ => "2023-11-14 22:13:20");
        return module;
    }

    public static PyModule CreateSys(Interpreter interpreter)
    {
        var version = NamedTuples.Make(
            "version_info", ["major", "minor", "micro", "releaselevel", "serial"],
            [Py.Int(3), Py.Int(12), Py.Int(0), "final", Py.Int(0)]);
        var module = new PyModule("sys")
            .Set("version_info", version)
            .Set("version", "3.12.0")
            .Set("maxsize", long.MaxValue)
            .Set("platform", "linux")
            .Set("byteorder", "little")
            .Set("argv", new PyList(new List<object> { "" }))
            .Set("float_info", NamedTuples.Make("float_info", ["max", "min", "epsilon"], [double.MaxValue, 2.2250738585072014e-308, double.BitIncrement(1) - 1]))
            .Function("getrecursionlimit", "", _ => Py.Int(RunState.Current.Limits.CallDepth))
            .Function("setrecursionlimit", "limit, /", _ => null)
            .Function("getsizeof", "obj, default=None", _ => Py.Int(64))
            .Function("intern", "string, /", a => a[0])
            .Function("exit", "status=None, /", a => throw PyErrors.New(PyErrors.SystemExitClass, a.IsNone(0) ? [] : [a[0]]))
            .Function("exc_info", "", _ => RunState.Current.Handling is { } handling
                ? new PyTuple(handling.Class, handling, PyNone.Value)
                : new PyTuple(PyNone.Value, PyNone.Value, PyNone.Value))
            .Set("path", new PyList())
            .Set("executable", "")
            .Set("prefix", "")
            .Set("implementation", NamedTuples.Make("implementation", ["name"], ["cpython"]))
            .Set("hash_info", NamedTuples.Make("hash_info", ["width", "modulus"], [Py.Int(64), Py.Int((1L << 61) - 1)]))
            .Set("maxunicode", Py.Int(0x10ffff));
        module.Resolve = name => name == "modules" ? interpreter.LoadedModules() : null;
        return module;
    }

    public static PyModule CreateFuture()
    {
        var module = new PyModule("__future__");
        foreach (var name in (string[])["annotations", "division", "print_function", "absolute_import"])
            module.Set(name, PyNone.Value);
        return module;
    }
}
