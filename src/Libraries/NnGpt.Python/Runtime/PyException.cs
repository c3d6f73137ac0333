namespace NnGpt.Python.Runtime;

/// <summary>A Python exception on its way through .NET frames.</summary>
public sealed class PyException : Exception
{
    /// <summary>Raises an exception instance.</summary>
    public PyException(PyExceptionObject instance, Exception? inner = null) : base(null, inner) => Instance = instance;

    /// <summary>The Python exception.</summary>
    public PyExceptionObject Instance { get; }

    /// <summary>The class, such as ValueError.</summary>
    public PyClass ExceptionClass => Instance.Class;

    /// <summary>The frames of candidate code that the exception passed, innermost first.</summary>
    public IReadOnlyList<TracebackEntry> Traceback => Instance.Traceback;

    /// <summary>As the last line of a Python traceback: <c>ValueError: bad value</c>.</summary>
    public override string Message
    {
        get
        {
            var name = ExceptionClass.Module is "builtins" or "__main__"
                ? ExceptionClass.QualifiedName
                : $"{ExceptionClass.Module}.{ExceptionClass.QualifiedName}";
            var text = Py.SafeStr(Instance);
            return text.Length == 0 ? name : $"{name}: {text}";
        }
    }

    /// <summary>Whether the exception is an instance of a class.</summary>
    public bool Is(PyClass cls) => ExceptionClass.IsSubclassOf(cls);
}
