using NnGpt.Python.Runtime;

namespace NnGpt.Python;

/// <summary>
/// Runs candidate code. One interpreter has its own modules and budgets; make one for each candidate. It is used by one
/// thread at a time, inside <see cref="Enter"/>.
/// </summary>
public sealed class Interpreter
{
    private readonly Dictionary<string, PyModule> _loaded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beingMade = new(StringComparer.Ordinal);
    private PyModule? _main;
    private readonly Dictionary<string, Func<PyModule>> _factories = new(StringComparer.Ordinal);

    /// <summary>Creates an interpreter.</summary>
    public Interpreter(ExecutionLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        Context = new RunState(limits, time, cancellationToken) { Interpreter = this };
    }

    /// <summary>What .NET exceptions become in Python; null leaves an exception to the host, as a bug.</summary>
    public IList<Func<Exception, PyException?>> ExceptionTranslators { get; } = [];

    /// <summary>What print wrote, up to the limit.</summary>
    public string Output => Context.Output;

    /// <summary>Steps used so far.</summary>
    public long StepsUsed => Context.StepsUsed;

    internal RunState Context { get; }

    /// <summary>
    /// Registers an importable module; the factory runs at its first import. A dotted name also becomes an attribute of
    /// its parent when it is imported. A factory may itself find its children by <see cref="FindModule"/>.
    /// </summary>
    public void RegisterModule(string name, Func<PyModule> factory) => _factories[name] = factory;

    /// <summary>The module of a full name, made if need be; null when it is unknown.</summary>
    public PyModule? FindModule(string name)
    {
        if (_loaded.TryGetValue(name, out var module))
            return module;
        if (!_factories.TryGetValue(name, out var factory) || _beingMade.Contains(name))
            return null;
        var dot = name.LastIndexOf('.');
        if (dot > 0)
            FindModule(name[..dot]);
        if (_loaded.TryGetValue(name, out module))
            return module;
        _beingMade.Add(name);
        module = factory();
        _beingMade.Remove(name);
        _loaded[name] = module;
        if (dot > 0 && _loaded.TryGetValue(name[..dot], out var parent))
            Attach(parent, name[(dot + 1)..], module);
        foreach (var (child, made) in _loaded)
        {
            if (child.Length > name.Length && child.StartsWith(name + ".", StringComparison.Ordinal) && child.IndexOf('.', name.Length + 1) < 0)
                Attach(module, child[(name.Length + 1)..], made);
        }

        return module;
    }

    private static void Attach(PyModule parent, string name, PyModule module)
    {
        // A function of the same name stands before the module, as torch.nn.utils.weight_norm does.
        if (parent.Globals.GetOrNull(name) is null && parent.Resolve?.Invoke(name) is null)
            parent.Globals.Set(name, module);
    }

    /// <summary><c>sys.modules</c>: what this interpreter has imported and run so far.</summary>
    internal PyDict LoadedModules()
    {
        var modules = new PyDict();
        foreach (var (name, module) in _loaded)
            modules.Set(name, module);
        if (_main is not null)
            modules.Set(_main.Name, _main);
        return modules;
    }

    internal bool IsPackage(string name) => _factories.Keys.Any(k => k.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>Makes this interpreter the current one of the thread until the scope is disposed.</summary>
    public InterpreterScope Enter() => new(RunState.Exchange(Context));

    /// <summary>Runs compiled code as the body of a new module and gives the module.</summary>
    /// <param name="code">The code.</param>
    /// <param name="moduleName">The module's <c>__name__</c>; not <c>__main__</c> unless its guard shall run.</param>
    public ExecutionResult<PyModule> Execute(PythonCode code, string moduleName) => Evaluate(() =>
    {
        var module = _main = new PyModule(moduleName);
        code.Body.RunModule(Context, module);
        return module;
    });

    /// <summary>Runs compiled code as the body of a module, from inside a running program: what a module factory does that has its module in Python.</summary>
    /// <param name="code">The code.</param>
    /// <param name="module">The module whose names it defines.</param>
    public void Define(PythonCode code, PyModule module) => code.Body.RunModule(Context, module);

    /// <summary>
    /// Runs native code that calls into Python (makes a Net, calls forward) and turns what Python raised, or a limit that
    /// was exceeded, into a value. Other .NET exceptions are bugs and pass.
    /// </summary>
    public ExecutionResult<T> Evaluate<T>(Func<T> body)
    {
        var depth = Context.Depth;
        using var scope = Enter();
        try
        {
            return new ExecutionResult<T> { Value = body() };
        }
        catch (ExecutionLimitException exception)
        {
            return new ExecutionResult<T> { Limit = exception.Limit };
        }
        catch (Exception exception) when (ExceptionTranslation.ToPython(exception) is not null)
        {
            return new ExecutionResult<T> { Exception = ExceptionTranslation.ToPython(exception) };
        }
        finally
        {
            Context.Depth = depth;
            Context.Handling = null;
        }
    }
}
