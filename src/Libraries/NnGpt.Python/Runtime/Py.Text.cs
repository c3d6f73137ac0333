using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary><c>str(value)</c>.</summary>
    public static string Str(object value)
    {
        switch (value)
        {
            case string text:
                return text;
            case PyExceptionObject or PyInstance when TypeOf(value).Lookup("__str__") is { } method
                                                      && !ReferenceEquals(method, BuiltinRepr.ObjectStr):
                return TextResult(CallSpecial(method, value), "__str__");
            case PyExceptionObject exception:
                return exception.Message;
            case PyBoxed { Value: string text } when value.GetType() == typeof(PyBoxed)
                                                     && ReferenceEquals(TypeOf(value).Lookup("__repr__"), PyTypes.Str.Lookup("__repr__")):
                return text;
        }

        var type = TypeOf(value);
        return type.Lookup("__str__") is { } str && !ReferenceEquals(str, BuiltinRepr.ObjectStr)
            ? TextResult(CallSpecial(str, value), "__str__")
            : Repr(value);
    }

    /// <summary><c>repr(value)</c>.</summary>
    public static string Repr(object value)
    {
        if (value is PyObject && TypeOf(value).Lookup("__repr__") is { } method)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            return TextResult(CallSpecial(method, value), "__repr__");
        }

        return BuiltinRepr.Of(value);
    }

    /// <summary><c>format(value, spec)</c>.</summary>
    public static string Format(object value, string spec)
    {
        var type = TypeOf(value);
        return type.Lookup("__format__") is { } method
            ? TextResult(CallSpecial(method, value, spec), "__format__")
            : FormatSpecification.Apply(value, spec);
    }

    /// <summary><c>str(value)</c> for messages: a failing <c>__str__</c> gives a placeholder.</summary>
    internal static string SafeStr(object value)
    {
        try
        {
            return Str(value);
        }
        catch (PyException)
        {
            return $"<exception str() failed>";
        }
    }

    private static string TextResult(object result, string method) => TryText(result, out var text)
        ? text
        : throw PyErrors.TypeError($"{method} returned non-string (type {TypeName(result)})");
}
