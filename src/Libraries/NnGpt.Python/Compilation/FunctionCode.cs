using System.Runtime.CompilerServices;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Compilation;

/// <summary>Runs one statement or block; tells how control leaves it.</summary>
internal delegate Completion StatementCode(Frame frame);

/// <summary>Evaluates one expression.</summary>
internal delegate object ExpressionCode(Frame frame);

/// <summary>Runs a block of a generator, handing out each yielded value.</summary>
internal delegate IEnumerable<object> ResumableCode(Frame frame);

/// <summary>How control leaves a statement.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>The compiled body of a function, shared by every function object made from one def.</summary>
internal sealed class FunctionCode
{
    public required string Name { get; init; }

    public required string QualifiedName { get; init; }

    /// <summary>The name of the source; frames of the library's own sources, in angle brackets, are not in tracebacks.</summary>
    public required string File { get; init; }

    public required Signature Signature { get; init; }

    public int Line { get; init; }

    public int LocalCount { get; set; }

    /// <summary>Slots of parameters that inner functions capture: their value moves into a cell on entry.</summary>
    public int[] CellParameters { get; set; } = [];

    /// <summary>Slots of other captured variables: they begin with an empty cell.</summary>
    public int[] CellLocals { get; set; } = [];

    public StatementCode Body { get; set; } = _ => Completion.Normal;

    /// <summary>The body of a generator; null for a plain function.</summary>
    public ResumableCode? GeneratorBody { get; set; }

    /// <summary>Whether a call gives a coroutine.</summary>
    public bool IsCoroutine { get; set; }

    public object Invoke(PyFunction function, object[] arguments, Keyword[]? keywords)
    {
        var context = RunState.Current;
        context.Step();
        var locals = new object?[LocalCount];
        Signature.BindInto(locals, function.QualifiedName, arguments, keywords, function.Defaults);
        foreach (var slot in CellParameters)
            locals[slot] = new Cell { Value = locals[slot] };
        foreach (var slot in CellLocals)
            locals[slot] = new Cell();
        var frame = new Frame(context, function.Module, function.Module.Globals, locals, function.Closure) { Line = Line };
        if (GeneratorBody is not null)
            return new PyGenerator(this, frame);
        return Run(frame);
    }

    /// <summary>Runs a module's body in the module's namespace.</summary>
    public void RunModule(RunState context, PyModule module) =>
        Run(new Frame(context, module, module.Globals, new object?[LocalCount], []) { Line = Line });

    /// <summary>Runs a class body in its namespace.</summary>
    public void RunClass(Frame outer, PyDict names, Cell[] closure, int classCellSlot, Cell? classCell)
    {
        var locals = new object?[LocalCount];
        if (classCell is not null)
            locals[classCellSlot] = classCell;
        Run(new Frame(outer.Context, outer.Module, outer.Globals, locals, closure) { Line = Line, Namespace = names });
    }

    private object Run(Frame frame)
    {
        var context = frame.Context;
        if (context.Depth >= context.Limits.CallDepth)
            throw PyErrors.RecursionError("maximum recursion depth exceeded");
        RuntimeHelpers.EnsureSufficientExecutionStack();
        context.Depth++;
        PyException raised;
        try
        {
            return Body(frame) == Completion.Return ? frame.ReturnValue : PyNone.Value;
        }
        catch (Exception thrown) when (AddTraceback(thrown, frame))
        {
            raised = ExceptionTranslation.ToPython(thrown)!;
        }
        finally
        {
            context.Depth--;
        }

        Record(raised, frame);
        throw raised;
    }

    /// <summary>A frame for a comprehension, with its captured variables in fresh cells.</summary>
    public Frame NewFrame(Frame outer, Scope scope, Cell[] closure)
    {
        var locals = new object?[scope.SlotCount];
        foreach (var slot in _comprehensionCells ??= scope.CellSlots)
            locals[slot] = new Cell();
        return new Frame(outer.Context, outer.Module, outer.Globals, locals, closure) { Line = Line };
    }

    private int[]? _comprehensionCells;

    /// <summary>Runs a comprehension's loops; its frame appears in tracebacks.</summary>
    public void RunLoop(StatementCode loop, Frame frame)
    {
        PyException raised;
        try
        {
            loop(frame);
            return;
        }
        catch (Exception thrown) when (AddTraceback(thrown, frame))
        {
            raised = ExceptionTranslation.ToPython(thrown)!;
        }

        Record(raised, frame);
        throw raised;
    }

    /// <summary>Records the frame in the traceback of a passing Python exception. True for a .NET exception that becomes a Python one here.</summary>
    public bool AddTraceback(Exception thrown, Frame frame)
    {
        if (thrown is PyException python)
        {
            Record(python, frame);
            return false;
        }

        return thrown is not ExecutionLimitException && ExceptionTranslation.ToPython(thrown) is { };
    }

    public void Record(PyException exception, Frame frame)
    {
        if (File.StartsWith('<'))
            return;
        var traceback = exception.Instance.Traceback;
        if (traceback.Count < 64)
            traceback.Add(new TracebackEntry(File, frame.Line, Name));
    }
}
