using System.Numerics;
using System.Runtime.CompilerServices;
using NnGpt.Python.Builtins;

namespace NnGpt.Python.Runtime;

/// <summary>The built-in classes.</summary>
public static class PyTypes
{
#pragma warning disable CA1802 // the order of these fields is the order of construction
    /// <summary><c>object</c>.</summary>
    public static readonly PyClass Object;

    /// <summary><c>type</c>.</summary>
    public static readonly PyClass Type;

    /// <summary><c>int</c>.</summary>
    public static readonly PyClass Int;

    /// <summary><c>bool</c>.</summary>
    public static readonly PyClass Bool;

    /// <summary><c>float</c>.</summary>
    public static readonly PyClass Float;

    /// <summary><c>complex</c>.</summary>
    public static readonly PyClass Complex;

    /// <summary><c>bytes</c>.</summary>
    public static readonly PyClass Bytes;

    /// <summary>The class of coroutines.</summary>
    public static readonly PyClass Coroutine;

    /// <summary><c>str</c>.</summary>
    public static readonly PyClass Str;

    /// <summary><c>list</c>.</summary>
    public static readonly PyClass List;

    /// <summary><c>tuple</c>.</summary>
    public static readonly PyClass Tuple;

    /// <summary><c>dict</c>.</summary>
    public static readonly PyClass Dict;

    /// <summary><c>set</c>.</summary>
    public static readonly PyClass Set;

    /// <summary><c>frozenset</c>.</summary>
    public static readonly PyClass FrozenSet;

    /// <summary><c>slice</c>.</summary>
    public static readonly PyClass Slice;

    /// <summary><c>range</c>.</summary>
    public static readonly PyClass Range;

    /// <summary><c>module</c>.</summary>
    public static readonly PyClass Module;

    /// <summary><c>BaseException</c>.</summary>
    public static readonly PyClass BaseException;

    /// <summary>The class of Python functions.</summary>
    public static readonly PyClass Function;

    /// <summary>The class of generators.</summary>
    public static readonly PyClass Generator;

    internal static readonly PyClass NoneType;
    internal static readonly PyClass NotImplementedType;
    internal static readonly PyClass EllipsisType;
    internal static readonly PyClass BuiltinFunction;
    internal static readonly PyClass BoundMethod;
    internal static readonly PyClass Property;
    internal static readonly PyClass StaticMethod;
    internal static readonly PyClass ClassMethod;
    internal static readonly PyClass Super;
    internal static readonly PyClass Iterator;
    internal static readonly PyClass DictKeys;
    internal static readonly PyClass DictValues;
    internal static readonly PyClass DictItems;
    internal static readonly PyClass GenericAlias;
    internal static readonly PyNone None;
    internal static readonly PyNotImplemented NotImplemented;
    internal static readonly PyEllipsis Ellipsis;
    internal static readonly PyTuple EmptyTuple;
#pragma warning restore CA1802

    static PyTypes()
    {
        Type = (PyClass)RuntimeHelpers.GetUninitializedObject(typeof(PyClass));
        Dict = (PyClass)RuntimeHelpers.GetUninitializedObject(typeof(PyClass));
        Object = (PyClass)RuntimeHelpers.GetUninitializedObject(typeof(PyClass));
        PyClass.InitializeRoot(Object, "object", []);
        PyClass.InitializeRoot(Type, "type", [Object]);
        PyClass.InitializeRoot(Dict, "dict", [Object]);
        Int = Make("int");
        Bool = Final("bool", Int);
        Float = Make("float");
        Complex = Final("complex");
        Bytes = Final("bytes");
        Str = Make("str");
        List = Make("list");
        Tuple = Make("tuple");
        Set = Make("set");
        FrozenSet = Make("frozenset");
        Slice = Final("slice");
        Range = Final("range");
        Module = Make("module");
        BaseException = Make("BaseException");
        Function = Final("function");
        Generator = Final("generator");
        Coroutine = Final("coroutine");
        NoneType = Final("NoneType");
        NotImplementedType = Final("NotImplementedType");
        EllipsisType = Final("ellipsis");
        BuiltinFunction = Final("builtin_function_or_method");
        BoundMethod = Final("method");
        Property = Make("property");
        StaticMethod = Make("staticmethod");
        ClassMethod = Make("classmethod");
        Super = Final("super");
        Iterator = Final("iterator");
        DictKeys = Final("dict_keys");
        DictValues = Final("dict_values");
        DictItems = Final("dict_items");
        GenericAlias = Final("types.GenericAlias");
        None = new PyNone();
        NotImplemented = new PyNotImplemented();
        Ellipsis = new PyEllipsis();
        EmptyTuple = new PyTuple(Tuple, []);
        BuiltinClasses.Populate();
    }

    /// <summary>The Python class of any value.</summary>
    /// <exception cref="ArgumentException">A .NET object that is no Python value.</exception>
    public static PyClass Of(object value) => value switch
    {
        PyObject instance => instance.Class,
        string => Str,
        long => Int,
        double => Float,
        bool => Bool,
        BigInteger => Int,
        _ => throw new ArgumentException($"{value.GetType()} is not the representation of a Python value", nameof(value)),
    };

    private static PyClass Make(string name, params PyClass[] bases) => new(name, "builtins", bases);

    private static PyClass Final(string name, params PyClass[] bases) => new(name, "builtins", bases) { IsFinal = true };
}
