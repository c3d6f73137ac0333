namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary>A binary operator, with reflected methods and NotImplemented.</summary>
    public static object Binary(BinaryOperator op, object left, object right)
    {
        if (NumberOperators.TryBinary(op, left, right) is { } number)
            return number;
        return BinaryDispatch(op, left, right)
            ?? throw PyErrors.TypeError(
                $"unsupported operand type(s) for {OperatorNames.Symbols[(int)op]}: '{TypeName(left)}' and '{TypeName(right)}'");
    }

    /// <summary>An augmented assignment's operator: the in-place method first.</summary>
    public static object InPlace(BinaryOperator op, object left, object right)
    {
        if (NumberOperators.TryBinary(op, left, right) is { } number)
            return number;
        if (left is PyObject)
        {
            var method = TypeOf(left).Lookup(OperatorNames.InPlace[(int)op]);
            if (method is not null && CallSpecial(method, left, right) is { } result and not PyNotImplemented)
                return result;
        }

        return BinaryDispatch(op, left, right)
            ?? throw PyErrors.TypeError(
                $"unsupported operand type(s) for {OperatorNames.Symbols[(int)op].Split(' ')[0]}=: '{TypeName(left)}' and '{TypeName(right)}'");
    }

    private static object? BinaryDispatch(BinaryOperator op, object left, object right)
    {
        var leftType = TypeOf(left);
        var rightType = TypeOf(right);
        var forward = leftType.Lookup(OperatorNames.Forward[(int)op]);
        var reflected = ReferenceEquals(leftType, rightType) ? null : rightType.Lookup(OperatorNames.Reflected[(int)op]);
        object result;
        if (reflected is not null && rightType.IsSubclassOf(leftType)
            && !ReferenceEquals(reflected, leftType.Lookup(OperatorNames.Reflected[(int)op])))
        {
            if ((result = CallSpecial(reflected, right, left)) is not PyNotImplemented)
                return result;
            reflected = null;
        }

        if (forward is not null && (result = CallSpecial(forward, left, right)) is not PyNotImplemented)
            return result;
        if (reflected is not null && (result = CallSpecial(reflected, right, left)) is not PyNotImplemented)
            return result;
        return SequenceOperators.TryBinary(op, left, right);
    }

    /// <summary><c>-x</c>.</summary>
    public static object Negate(object value) => Unary(value, "__neg__", "-");

    /// <summary><c>+x</c>.</summary>
    public static object Plus(object value) => Unary(value, "__pos__", "+");

    /// <summary><c>~x</c>.</summary>
    public static object Invert(object value) => Unary(value, "__invert__", "~");

    private static object Unary(object value, string method, string symbol)
    {
        if (NumberOperators.TryUnary(method, value) is { } number)
            return number;
        return TypeOf(value).Lookup(method) is { } function
            ? CallSpecial(function, value)
            : throw PyErrors.TypeError($"bad operand type for unary {symbol}: '{TypeName(value)}'");
    }

    /// <summary>A rich comparison; the result need not be a bool.</summary>
    public static object Compare(CompareOperator op, object left, object right)
    {
        if (BuiltinComparison.TryCompare(op, left, right) is { } known)
            return known;
        var leftType = TypeOf(left);
        var rightType = TypeOf(right);
        var forward = leftType.Lookup(OperatorNames.Compare[(int)op]);
        var swapped = rightType.Lookup(OperatorNames.Compare[(int)OperatorNames.Swap(op)]);
        object result;
        if (swapped is not null && !ReferenceEquals(leftType, rightType) && rightType.IsSubclassOf(leftType))
        {
            if ((result = CallSpecial(swapped, right, left)) is not PyNotImplemented)
                return result;
            swapped = null;
        }

        if (forward is not null && (result = CallSpecial(forward, left, right)) is not PyNotImplemented)
            return result;
        if (swapped is not null && (result = CallSpecial(swapped, right, left)) is not PyNotImplemented)
            return result;
        return op switch
        {
            CompareOperator.Equal => Bool(ReferenceEquals(left, right)),
            CompareOperator.NotEqual => Bool(!ReferenceEquals(left, right)),
            _ => throw PyErrors.TypeError(
                $"'{OperatorNames.CompareSymbols[(int)op]}' not supported between instances of '{TypeName(left)}' and '{TypeName(right)}'"),
        };
    }

    /// <summary>Identity or <c>==</c>, as containers compare their items.</summary>
    public static bool AreEqual(object left, object right) =>
        ReferenceEquals(left, right) || Truth(Compare(CompareOperator.Equal, left, right));

    /// <summary><c>left is right</c>: identity, and for equal numbers and strings of one type also true.</summary>
    public static bool Is(object left, object right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return (left, right) switch
        {
            (bool a, bool b) => a == b,
            (long a, long b) => a == b && a is >= -5 and <= 256,
            (string a, string b) => a == b && a.Length <= 20,
            (PyTuple { Count: 0 }, PyTuple { Count: 0 }) => left.GetType() == right.GetType(),
            _ => false,
        };
    }

    /// <summary>Truth, as <c>bool(x)</c>.</summary>
    public static bool Truth(object value)
    {
        switch (value)
        {
            case bool flag:
                return flag;
            case PyNone:
                return false;
            case long number:
                return number != 0;
            case double number:
                return number != 0;
            case string text:
                return text.Length > 0;
            case System.Numerics.BigInteger big:
                return !big.IsZero;
        }

        var type = TypeOf(value);
        if (type.Lookup("__bool__") is { } method)
        {
            return CallSpecial(method, value) is bool result
                ? result
                : throw PyErrors.TypeError($"__bool__ should return bool, returned {TypeName(CallSpecial(method, value))}");
        }

        return type.Lookup("__len__") is null || Len(value) != 0;
    }

    /// <summary><c>len(x)</c>.</summary>
    public static long Len(object value)
    {
        switch (value)
        {
            case string text:
                return TextIndexing.Length(text);
            case PyList list when list.Class.IsNative:
                return list.Count;
            case PyTuple tuple when tuple.Class.IsNative:
                return tuple.Count;
        }

        if (TypeOf(value).Lookup("__len__") is not { } method)
            throw PyErrors.TypeError($"object of type '{TypeName(value)}' has no len()");
        if (!TryIndex(CallSpecial(method, value), out var length))
            throw PyErrors.TypeError("'__len__' should return an integer");
        return length >= 0 ? length : throw PyErrors.ValueError("__len__() should return >= 0");
    }

    /// <summary><c>value[key]</c>.</summary>
    public static object GetItem(object value, object key)
    {
        switch (value)
        {
            case PyList list when list.Class.IsNative && key is long index:
                return list.Items[SequenceOperators.Position(index, list.Count, "list index out of range")];
            case PyTuple tuple when tuple.Class.IsNative && key is long index:
                return tuple.Items[SequenceOperators.Position(index, tuple.Count, "tuple index out of range")];
            case PyClass cls:
                return ClassItem(cls, key);
        }

        return TypeOf(value).Lookup("__getitem__") is { } method
            ? CallSpecial(method, value, key)
            : throw PyErrors.TypeError($"'{TypeName(value)}' object is not subscriptable");
    }

    private static object ClassItem(PyClass cls, object key)
    {
        if (cls.Class.Lookup("__getitem__") is { } method)
            return CallSpecial(method, cls, key);
        return cls.Lookup("__class_getitem__") is { } generic
            ? Call(BindDescriptor(generic, null, cls), key)
            : throw PyErrors.TypeError($"type '{cls.Name}' is not subscriptable");
    }

    /// <summary><c>value[key] = x</c>.</summary>
    public static void SetItem(object value, object key, object x)
    {
        var method = TypeOf(value).Lookup("__setitem__")
            ?? throw PyErrors.TypeError($"'{TypeName(value)}' object does not support item assignment");
        CallSpecial(method, value, key, x);
    }

    /// <summary><c>del value[key]</c>.</summary>
    public static void DelItem(object value, object key)
    {
        var method = TypeOf(value).Lookup("__delitem__")
            ?? throw PyErrors.TypeError($"'{TypeName(value)}' object doesn't support item deletion");
        CallSpecial(method, value, key);
    }

    /// <summary><c>item in container</c>.</summary>
    public static bool Contains(object container, object item)
    {
        if (TypeOf(container).Lookup("__contains__") is { } method)
        {
            return method is PyNone
                ? throw PyErrors.TypeError($"'{TypeName(container)}' object is not a container")
                : Truth(CallSpecial(method, container, item));
        }

        if (!IsIterable(container))
            throw PyErrors.TypeError($"argument of type '{TypeName(container)}' is not iterable");
        foreach (var candidate in Iterate(container))
        {
            if (AreEqual(candidate, item))
                return true;
        }

        return false;
    }

    /// <summary>Calls a special method found on the class.</summary>
    internal static object CallSpecial(object method, object self) => method is PyFunction or NativeFunction
        ? ((PyCallable)method).Call([self], null)
        : Call(BindDescriptor(method, self, TypeOf(self)));

    internal static object CallSpecial(object method, object self, object argument) => method is PyFunction or NativeFunction
        ? ((PyCallable)method).Call([self, argument], null)
        : Call(BindDescriptor(method, self, TypeOf(self)), argument);

    internal static object CallSpecial(object method, object self, object first, object second) =>
        method is PyFunction or NativeFunction
            ? ((PyCallable)method).Call([self, first, second], null)
            : Call(BindDescriptor(method, self, TypeOf(self)), first, second);

    /// <summary><c>hash(value)</c>.</summary>
    public static long Hash(object value) => PyHash.Of(value);

    internal static long HashOf(object value)
    {
        var type = TypeOf(value);
        var method = type.Lookup("__hash__");
        if (method is null || ReferenceEquals(method, ClassCalls.ObjectHash))
            return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
        if (method is PyNone)
            throw PyErrors.TypeError($"unhashable type: '{type.Name}'");
        return CallSpecial(method, value) switch
        {
            long number => number,
            var other => PyHash.Of(other),
        };
    }
}
