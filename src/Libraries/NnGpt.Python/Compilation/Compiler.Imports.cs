using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Imports, from the interpreter's table of modules.</summary>
internal sealed partial class Compiler
{
    private StatementCode Import(ImportStatement node)
    {
        var items = node.Names.Select(alias =>
        {
            var isTop = alias.Alias is null && alias.Name.Contains('.', StringComparison.Ordinal);
            return (alias.Name, Bound: isTop ? alias.Name.Split('.')[0] : alias.Name, Store: Store(alias.Alias ?? alias.Name.Split('.')[0]));
        }).ToArray();
        return frame =>
        {
            foreach (var (name, bound, store) in items)
            {
                var module = FindModule(frame, name);
                store(frame, bound == name ? module : FindModule(frame, bound));
            }

            return Completion.Normal;
        };
    }

    private StatementCode ImportFrom(ImportFromStatement node)
    {
        if (node.Level > 0)
            return _ => throw PyErrors.ImportError("attempted relative import with no known parent package");
        if (node.Module == "__future__")
            return FutureImport(node);
        var moduleName = node.Module;
        if (node.Names is [{ Name: "*" }])
        {
            return frame =>
            {
                ImportAll(frame.Globals, FindModule(frame, moduleName));
                return Completion.Normal;
            };
        }

        var items = node.Names.Select(alias => (alias.Name, Store: Store(alias.Alias ?? alias.Name))).ToArray();
        return frame =>
        {
            var module = FindModule(frame, moduleName);
            foreach (var (name, store) in items)
            {
                var value = module.Find(name) ?? frame.Context.Interpreter?.FindModule($"{moduleName}.{name}")
                    ?? throw PyErrors.ImportError($"cannot import name '{name}' from '{moduleName}' (unknown location)");
                store(frame, value);
            }

            return Completion.Normal;
        };
    }

    private StatementCode FutureImport(ImportFromStatement node)
    {
        string[] known = ["annotations", "division", "print_function", "absolute_import", "unicode_literals", "generators",
            "with_statement", "nested_scopes", "generator_stop"];
        if (node.Names.FirstOrDefault(n => !known.Contains(n.Name)) is { } unknown)
        {
            throw new Lexing.LexicalErrorException(new PythonSyntaxError(
                "SyntaxError", $"future feature {unknown.Name} is not defined", node.Line, node.Column));
        }

        return s_nothing;
    }

    private static PyModule FindModule(Frame frame, string name)
    {
        var interpreter = frame.Context.Interpreter;
        if (interpreter?.FindModule(name) is { } module)
            return module;
        var dot = name.LastIndexOf('.');
        var suffix = dot > 0 && FindModule(frame, name[..dot]) is not null && !IsPackage(interpreter, name[..dot])
            ? $"; '{name[..dot]}' is not a package"
            : "";
        throw PyErrors.New(PyErrors.ModuleNotFoundErrorClass, $"No module named '{name}'{suffix}");
    }

    private static bool IsPackage(Interpreter? interpreter, string name) => interpreter?.IsPackage(name) ?? false;

    private static void ImportAll(PyDict into, PyModule module)
    {
        IEnumerable<string> names;
        if (module.Find("__all__") is { } all)
        {
            names = [.. Py.Iterate(all).Select(Py.Str)];
        }
        else
        {
            names = module.Globals.Keys.OfType<string>().Concat(module.ResolvableNames())
                .Where(n => !n.StartsWith('_')).Distinct().ToList();
        }

        foreach (var name in names)
        {
            into.Set(name, module.Find(name)
                ?? throw PyErrors.AttributeError($"module '{module.Name}' has no attribute '{name}'"));
        }
    }
}
