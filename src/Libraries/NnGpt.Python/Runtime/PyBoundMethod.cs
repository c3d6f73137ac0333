namespace NnGpt.Python.Runtime;

/// <summary>A function with its self.</summary>
public sealed class PyBoundMethod : PyCallable
{
    /// <summary>Binds a function to an instance.</summary>
    public PyBoundMethod(object function, object self)
        : base(function is NativeFunction ? PyTypes.BuiltinFunction : PyTypes.BoundMethod)
    {
        Function = function;
        Self = self;
    }

    /// <summary><c>__func__</c>.</summary>
    public object Function { get; }

    /// <summary><c>__self__</c>.</summary>
    public object Self { get; }

    /// <inheritdoc />
    public override object Call(object[] arguments, Keyword[]? keywords)
    {
        var all = new object[arguments.Length + 1];
        all[0] = Self;
        arguments.CopyTo(all, 1);
        return Py.Call(Function, all, keywords);
    }
}
