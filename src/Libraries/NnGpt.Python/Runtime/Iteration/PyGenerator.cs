using System.Diagnostics.CodeAnalysis;
using NnGpt.Python.Compilation;

namespace NnGpt.Python.Runtime;

/// <summary>A generator: the body's resumable code and its frame.</summary>
internal sealed class PyGenerator : PyIterator
{
    private readonly FunctionCode _code;
    private readonly Frame _frame;
    private readonly IEnumerator<object> _body;
    private bool _started;
    private bool _running;
    private bool _finished;

    public PyGenerator(FunctionCode code, Frame frame) : base(code.IsCoroutine ? PyTypes.Coroutine : PyTypes.Generator)
    {
        _code = code;
        _frame = frame;
        _body = code.GeneratorBody!(frame).GetEnumerator();
    }

    public string Name => _code.QualifiedName;

    public bool IsCoroutine => _code.IsCoroutine;

    private string Kind => IsCoroutine ? "coroutine" : "generator";

    internal override object Result
    {
        get
        {
            var result = _frame.ReturnValue;
            _frame.ReturnValue = PyNone.Value;
            return result;
        }
    }

    public override bool TryNext([NotNullWhen(true)] out object? item) => TrySend(PyNone.Value, out item);

    public bool TrySend(object value, [NotNullWhen(true)] out object? item)
    {
        if (_running)
            throw PyErrors.ValueError($"{Kind} already executing");
        if (!_started && value is not PyNone)
            throw PyErrors.TypeError($"can't send non-None value to a just-started {Kind}");
        _frame.Sent = value;
        return Resume(out item);
    }

    public bool TryThrow(PyException exception, [NotNullWhen(true)] out object? item)
    {
        if (_running)
            throw PyErrors.ValueError($"{Kind} already executing");
        if (!_started || _finished)
        {
            _finished = true;
            throw exception;
        }

        _frame.Thrown = exception;
        return Resume(out item);
    }

    public void Close()
    {
        if (!_started || _finished)
        {
            _finished = true;
            return;
        }

        try
        {
            if (TryThrow(PyErrors.New(PyErrors.GeneratorExitClass), out _))
                throw PyErrors.RuntimeError($"{Kind} ignored GeneratorExit");
        }
        catch (PyException exception) when (exception.Is(PyErrors.GeneratorExitClass) || exception.Is(PyErrors.StopIterationClass))
        {
            _finished = true;
        }
    }

    private bool Resume([NotNullWhen(true)] out object? item)
    {
        item = null;
        if (_finished)
            return false;
        var context = _frame.Context;
        if (context.Depth >= context.Limits.CallDepth)
            throw PyErrors.RecursionError("maximum recursion depth exceeded");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        context.Step();
        context.Depth++;
        _started = true;
        _running = true;
        var handling = context.Handling;
        PyException raised;
        try
        {
            if (_body.MoveNext())
            {
                item = _body.Current;
                return true;
            }

            _finished = true;
            return false;
        }
        catch (Exception thrown) when (ExceptionTranslation.ToPython(thrown) is not null)
        {
            raised = ExceptionTranslation.ToPython(thrown)!;
        }
        finally
        {
            context.Handling = handling;
            context.Depth--;
            _running = false;
        }

        _finished = true;
        _code.Record(raised, _frame);
        if (!raised.Is(PyErrors.StopIterationClass))
            throw raised;
        var error = PyErrors.RuntimeError($"{Kind} raised StopIteration");
        error.Instance.Cause = raised.Instance;
        throw error;
    }
}
