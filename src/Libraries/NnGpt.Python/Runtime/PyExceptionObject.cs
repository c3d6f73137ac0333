namespace NnGpt.Python.Runtime;

/// <summary>An instance of an exception class.</summary>
public sealed class PyExceptionObject : PyObject
{
    /// <summary>Creates an exception instance without running a Python <c>__init__</c>.</summary>
    public PyExceptionObject(PyClass cls, params object[] arguments) : base(cls) => Arguments = new PyTuple(arguments);

    /// <summary><c>args</c>.</summary>
    public PyTuple Arguments { get; set; }

    /// <summary><c>__cause__</c>: what <c>raise ... from</c> named.</summary>
    public PyExceptionObject? Cause { get; internal set; }

    /// <summary><c>__context__</c>: the exception that was being handled.</summary>
    public PyExceptionObject? Context { get; internal set; }

    internal bool SuppressContext { get; set; }

    /// <summary>The frames the exception passed, innermost first.</summary>
    public List<TracebackEntry> Traceback { get; } = [];

    /// <summary>The message as <c>str(e)</c> gives it.</summary>
    public string Message => Arguments.Count switch
    {
        0 => "",
        1 when Class.IsSubclassOf(PyErrors.KeyErrorClass) => Py.Repr(Arguments[0]),
        1 => Py.Str(Arguments[0]),
        2 when Class.IsSubclassOf(PyErrors.OSErrorClass) => $"[Errno {Py.Str(Arguments[0])}] {Py.Str(Arguments[1])}",
        3 when Class.IsSubclassOf(PyErrors.OSErrorClass) => $"[Errno {Py.Str(Arguments[0])}] {Py.Str(Arguments[1])}: {Py.Repr(Arguments[2])}",
        _ => Py.Repr(Arguments),
    };
}
