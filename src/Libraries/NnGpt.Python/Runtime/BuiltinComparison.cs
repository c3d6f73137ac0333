using System.Numerics;

namespace NnGpt.Python.Runtime;

/// <summary>Comparison of numbers, strings, None, lists and tuples; null for other pairs.</summary>
internal static class BuiltinComparison
{
    public static object? TryCompare(CompareOperator op, object left, object right)
    {
        if (left is long a && right is long b)
            return Of(op, a.CompareTo(b));
        if (left is string s && right is string t)
        {
            return op switch
            {
                CompareOperator.Equal => Py.Bool(string.Equals(s, t)),
                CompareOperator.NotEqual => Py.Bool(!string.Equals(s, t)),
                _ => Of(op, string.CompareOrdinal(s, t)),
            };
        }

        if (NumberOperators.IsNumber(left) && NumberOperators.IsNumber(right))
            return OfNumbers(op, left, right);
        if (op is CompareOperator.Equal or CompareOperator.NotEqual && IsPrimitive(left) && IsPrimitive(right))
            return Py.Bool(ReferenceEquals(left, right) == (op == CompareOperator.Equal));
        return null;
    }

    /// <summary>Lexicographic comparison of sequences.</summary>
    public static object CompareItems(CompareOperator op, IList<object> left, IList<object> right)
    {
        if (op is CompareOperator.Equal or CompareOperator.NotEqual && left.Count != right.Count)
            return Py.Bool(op == CompareOperator.NotEqual);
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (Py.AreEqual(left[i], right[i]))
                continue;
            return op switch
            {
                CompareOperator.Equal => Py.False,
                CompareOperator.NotEqual => Py.True,
                _ => Py.Compare(op, left[i], right[i]),
            };
        }

        return Of(op, left.Count.CompareTo(right.Count));
    }

    public static object Of(CompareOperator op, int order) => Py.Bool(op switch
    {
        CompareOperator.Equal => order == 0,
        CompareOperator.NotEqual => order != 0,
        CompareOperator.Less => order < 0,
        CompareOperator.LessOrEqual => order <= 0,
        CompareOperator.Greater => order > 0,
        _ => order >= 0,
    });

    private static bool IsPrimitive(object value) => value is string or PyNone or PyEllipsis || NumberOperators.IsNumber(value);

    private static object OfNumbers(CompareOperator op, object left, object right)
    {
        if (left is double || right is double)
        {
            if (left is BigInteger || right is BigInteger)
                return OfMixed(op, left, right);
            var x = NumberOperators.ToDouble(left);
            var y = NumberOperators.ToDouble(right);
            if (left is long && Math.Abs(x) > 9e15 && double.IsFinite(y) || right is long && Math.Abs(y) > 9e15 && double.IsFinite(x))
                return OfMixed(op, left, right);
            return Py.Bool(op switch
            {
                CompareOperator.Equal => x == y,
                CompareOperator.NotEqual => x != y,
                CompareOperator.Less => x < y,
                CompareOperator.LessOrEqual => x <= y,
                CompareOperator.Greater => x > y,
                _ => x >= y,
            });
        }

        return Of(op, NumberOperators.ToBig(left).CompareTo(NumberOperators.ToBig(right)));
    }

    /// <summary>A large int against a float, exactly.</summary>
    private static object OfMixed(CompareOperator op, object left, object right)
    {
        if (left is double number)
        {
            if (double.IsNaN(number))
                return Py.Bool(op == CompareOperator.NotEqual);
            if (double.IsInfinity(number))
                return Of(op, number > 0 ? 1 : -1);
            var order = new BigInteger(Math.Floor(number)).CompareTo(NumberOperators.ToBig(right));
            return Of(op, order == 0 && !double.IsInteger(number) ? 1 : order);
        }

        return OfMixed(OperatorNames.Swap(op), right, left);
    }
}
