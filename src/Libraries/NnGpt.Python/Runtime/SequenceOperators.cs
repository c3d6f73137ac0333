namespace NnGpt.Python.Runtime;

/// <summary>Concatenation and repetition of built-in sequences, and positions in them.</summary>
internal static class SequenceOperators
{
    /// <summary>What remains of a binary operator after every special method declined: str + str, list * int, "%".</summary>
    public static object? TryBinary(BinaryOperator op, object left, object right)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Concatenate(Py.Unbox(left), Py.Unbox(right));
            case BinaryOperator.Multiply when Py.TryIndexOrLarge(right, out var count) && Repeat(Py.Unbox(left), count) is { } repeated:
                return repeated;
            case BinaryOperator.Multiply when Py.TryIndexOrLarge(left, out var count):
                return Repeat(Py.Unbox(right), count);
            case BinaryOperator.Multiply when Py.Unbox(left) is string or PyList or PyTuple:
                throw PyErrors.TypeError($"can't multiply sequence by non-int of type '{Py.TypeName(right)}'");
            case BinaryOperator.Multiply when Py.Unbox(right) is string or PyList or PyTuple:
                throw PyErrors.TypeError($"can't multiply sequence by non-int of type '{Py.TypeName(left)}'");
            case BinaryOperator.Modulo when Py.Unbox(left) is string format:
                return Formatting.PercentFormat.Apply(format, right);
        }

        var a = Py.Unbox(left);
        var b = Py.Unbox(right);
        return ReferenceEquals(a, left) && ReferenceEquals(b, right) ? null : NumberOperators.TryBinary(op, a, b);
    }

    public static int Position(long index, int count, string message)
    {
        if (index < 0)
            index += count;
        return (ulong)index < (ulong)count ? (int)index : throw PyErrors.IndexError(message);
    }

    public static object? Concatenate(object left, object right)
    {
        switch (left)
        {
            case string a:
                if (right is not string b)
                    throw PyErrors.TypeError($"can only concatenate str (not \"{Py.TypeName(right)}\") to str");
                RunState.ChargeElements((long)a.Length + b.Length, 2);
                return a + b;
            case PyList a:
                if (right is not PyList list)
                    throw PyErrors.TypeError($"can only concatenate list (not \"{Py.TypeName(right)}\") to list");
                RunState.ChargeElements((long)a.Count + list.Count, 8);
                return new PyList(new List<object>([.. a.Items, .. list.Items]));
            case PyTuple a:
                if (right is not PyTuple tuple)
                    throw PyErrors.TypeError($"can only concatenate tuple (not \"{Py.TypeName(right)}\") to tuple");
                RunState.ChargeElements((long)a.Count + tuple.Count, 8);
                return new PyTuple([.. a.Items, .. tuple.Items]);
            default:
                return null;
        }
    }

    public static object? Repeat(object sequence, long count)
    {
        count = Math.Max(0, count);
        switch (sequence)
        {
            case string text:
                Charge(text.Length, count, 2);
                return string.Concat(Enumerable.Repeat(text, text.Length == 0 ? 0 : (int)count));
            case PyList list:
                return new PyList(RepeatItems(list.Items, count));
            case PyTuple tuple:
                return new PyTuple(RepeatItems(tuple.Items, count).ToArray());
            default:
                return null;
        }
    }

    private static List<object> RepeatItems(IList<object> items, long count)
    {
        Charge(items.Count, count, 8);
        if (items.Count == 0)
            return [];
        var result = new List<object>(items.Count * (int)count);
        for (long i = 0; i < count; i++)
            result.AddRange(items);
        return result;
    }

    private static void Charge(int length, long count, int bytesEach)
    {
        if (length > 0 && count > int.MaxValue)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        RunState.ChargeElements(length * count, bytesEach);
        RunState.CurrentOrNull?.Steps(length * count / 64);
    }
}
