using NnGpt.Python.Runtime;

namespace NnGpt.Python.Compilation;

/// <summary>The variables and the position of one running function, class body or module.</summary>
internal sealed class Frame
{
    public Frame(RunState context, PyModule module, PyDict globals, object?[] locals, Cell[] closure)
    {
        Context = context;
        Module = module;
        Globals = globals;
        Locals = locals;
        Closure = closure;
    }

    public readonly RunState Context;
    public readonly PyModule Module;
    public readonly PyDict Globals;
    public readonly object?[] Locals;

    /// <summary>Cells of enclosing functions.</summary>
    public readonly Cell[] Closure;

    /// <summary>The namespace of a class body.</summary>
    public PyDict? Namespace;

    /// <summary>The line that runs.</summary>
    public int Line;

    /// <summary>The value of the return statement that ended the body.</summary>
    public object ReturnValue = PyNone.Value;

    /// <summary>What send() passed to a generator.</summary>
    public object Sent = PyNone.Value;

    /// <summary>What throw() or close() raises in a generator.</summary>
    public Exception? Thrown;

    /// <summary>How the last resumable statement ended.</summary>
    public Completion Signal;

    /// <summary>Raises what throw() passed in, where the generator stands.</summary>
    public void ThrowPending()
    {
        if (Thrown is not { } exception)
            return;
        Thrown = null;
        throw exception;
    }
}
