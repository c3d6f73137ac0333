using System.Numerics;

namespace NnGpt.Python.Runtime;

/// <summary>
/// Python's operations for native code: values, attributes, calls, operators, iteration, conversion. All of them raise
/// <see cref="PyException"/> as Python does.
/// </summary>
public static partial class Py
{
    private static readonly object[] s_smallInts = [.. Enumerable.Range(-128, 1281).Select(i => (object)(long)i)];

    /// <summary><c>True</c>.</summary>
    public static readonly object True = true;

    /// <summary><c>False</c>.</summary>
    public static readonly object False = false;

    /// <summary><c>None</c>.</summary>
    public static object None => PyNone.Value;

    /// <summary><c>NotImplemented</c>.</summary>
    public static object NotImplemented => PyNotImplemented.Value;

    /// <summary><c>...</c>.</summary>
    public static object Ellipsis => PyEllipsis.Value;

    /// <summary>A bool.</summary>
    public static object Bool(bool value) => value ? True : False;

    /// <summary>An int; small ones are shared.</summary>
    public static object Int(long value) =>
        value is >= -128 and < 1153 ? s_smallInts[value + 128] : value;

    /// <summary>An int of any size.</summary>
    public static object Int(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            return Int((long)value);
        RunState.ChargeElements(value.GetByteCount(), 1);
        return value;
    }

    /// <summary>The class of a value (<c>type(x)</c>).</summary>
    public static PyClass TypeOf(object value) => PyTypes.Of(value);

    /// <summary>The name of a value's class.</summary>
    public static string TypeName(object value) => value switch
    {
        NativeIterator iterator => iterator.Name,
        ListIterator => "list_iterator",
        _ => PyTypes.Of(value) is { IsQualified: true } cls ? $"{cls.Module}.{cls.Name}" : PyTypes.Of(value).Name,
    };

    /// <summary>Whether the value is an instance of a class.</summary>
    public static bool IsInstance(object value, PyClass cls) => PyTypes.Of(value).IsSubclassOf(cls);

    /// <summary>The primitive inside an instance of a Python subclass of int, float or str; any other value itself.</summary>
    public static object Unbox(object value) => value is PyBoxed boxed ? boxed.Value : value;
}
