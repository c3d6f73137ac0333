using System.Collections.Concurrent;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>
/// Standard modules that are written in the candidate language itself, in Source/. Each is compiled once in a process, and
/// run anew in each interpreter that imports it, within that interpreter's budgets.
/// </summary>
internal static class SourceModules
{
    private static readonly ConcurrentDictionary<string, PythonCode> s_compiled = new(StringComparer.Ordinal);

    /// <summary>The modules that consist of their source alone.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "argparse", "asyncio", "base64", "bisect", "cmath", "contextvars", "datetime", "decimal", "errno", "fnmatch", "fractions", "gc", "glob", "heapq", "importlib", "importlib.util", "io", "json", "keyword", "numpy", "numpy.linalg", "numpy.random",
        "numpy.typing", "os", "os.path",
        "pathlib", "platform", "pprint", "queue", "reprlib", "secrets", "six", "statistics", "textwrap", "threading", "timeit", "traceback",
        "uuid", "weakref",
    ];

    /// <summary>Makes a module of its source.</summary>
    public static PyModule Create(Interpreter interpreter, string name)
    {
        var module = new PyModule(name);
        if (name == "numpy")
            module.Set("_b", BuiltinsOf());
        if (name == "importlib")
        {
            module.Function("_find", "name", a => interpreter.FindModule(a.Text(0))
                ?? throw PyErrors.New(PyErrors.ModuleNotFoundErrorClass, $"No module named '{a.Text(0)}'"));
        }

        return Extend(interpreter, module, name);
    }

    /// <summary>The built-in names, for a module that has names of its own like theirs.</summary>
    private static PyModule BuiltinsOf()
    {
        var module = new PyModule("builtins");
        module.Globals.Update(Builtins.BuiltinFunctions.Table);
        return module;
    }

    /// <summary>Runs a source in the namespace of a module, to complete it.</summary>
    public static PyModule Extend(Interpreter interpreter, PyModule module, string source)
    {
        var code = s_compiled.GetOrAdd(source, Compile);
        using var scope = interpreter.Enter();
        code.Body.RunModule(interpreter.Context, module);
        return module;
    }

    private static PythonCode Compile(string name)
    {
        using var stream = typeof(SourceModules).Assembly.GetManifestResourceStream(name + ".py")
            ?? throw new InvalidOperationException($"no source of module {name}");
        using var reader = new StreamReader(stream);
        var result = PythonSource.Compile(reader.ReadToEnd(), $"<{name}>");
        return result.Code ?? throw new InvalidOperationException($"{name}: {result.Error}");
    }
}
