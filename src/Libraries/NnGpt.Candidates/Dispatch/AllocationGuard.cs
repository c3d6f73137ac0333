using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Dispatch;

/// <summary>Refuses tensors that are too large before their memory is asked for, where the arguments say how large.</summary>
internal static class AllocationGuard
{
    public static void Check(CandidateSession session, string name, object[] positional, PyDict? keywords)
    {
        switch (name)
        {
            case "zeros" or "ones" or "empty" or "rand" or "randn" or "full" or "randint" or "normal"
                or "new_zeros" or "new_ones" or "new_empty" or "new_full":
                var first = name.StartsWith("new_", StringComparison.Ordinal) ? 1 : 0;
                for (var i = first; i < positional.Length; i++)
                {
                    if (positional[i] is PyTuple or PyList)
                    {
                        CheckSizes(session, Py.ToList(positional[i]));
                        return;
                    }
                }

                if (name is "full" or "randint" or "normal")
                    return;
                CheckSizes(session, positional.Skip(first));
                if (keywords?.GetOrNull("size") is PyTuple or PyList)
                    CheckSizes(session, Py.ToList(keywords.GetOrNull("size")!));
                return;
            case "repeat" or "tile" when positional is [TensorObject self, ..]:
                var sizes = positional is [_, PyTuple or PyList] ? Py.ToList(positional[1]) : positional.Skip(1);
                CheckSizes(session, sizes.Prepend(Py.Int(Math.Max(1, self.Tensor.NumElements))));
                return;
            case "eye" when positional is [long n, ..]:
                CheckSizes(session, [n, positional is [_, long m, ..] ? m : n]);
                return;
            case "arange" or "range":
                CheckRange(session, positional, keywords);
                return;
            case "linspace" or "logspace":
                var steps = positional.Length > 2 ? positional[2] : keywords?.GetOrNull("steps");
                if (steps is long count)
                    CheckCount(session, count);
                return;
            case "one_hot" when positional is [TensorObject labels, long classes, ..]:
                CheckSizes(session, [Py.Int(labels.Tensor.NumElements), classes]);
                return;
            case "outer" or "ger" when positional is [TensorObject left, TensorObject right, ..]:
                CheckSizes(session, [Py.Int(left.Tensor.NumElements), Py.Int(right.Tensor.NumElements)]);
                return;
            case "repeat_interleave" when positional is [TensorObject source, long times, ..]:
                CheckSizes(session, [Py.Int(source.Tensor.NumElements), times]);
                return;
            default:
                if (positional is [TensorObject a, TensorObject b, ..])
                    CheckBroadcast(session, a, b);
                return;
        }
    }

    public static void CheckCount(CandidateSession session, double count)
    {
        if (count > session.Limits.MaxTensorElements)
        {
            throw new CandidateLimitException(RejectionReason.Memory, "MemoryError",
                $"a tensor of {count:0} elements exceeds the limit of {session.Limits.MaxTensorElements}");
        }
    }

    public static void CheckSizes(CandidateSession session, IEnumerable<object> sizes)
    {
        var product = 1.0;
        foreach (var size in sizes)
        {
            if (Py.TryIndex(size, out var number) && number > 0)
                product *= number;
        }

        CheckCount(session, product);
    }

    public static void CheckShape(CandidateSession session, ReadOnlySpan<long> shape)
    {
        var product = 1.0;
        foreach (var size in shape)
            product *= Math.Max(1, size);
        CheckCount(session, product);
    }

    // x[:, None] * y[None]: the result can be far larger than either side.
    private static void CheckBroadcast(CandidateSession session, TensorObject left, TensorObject right)
    {
        if ((double)left.Tensor.NumElements * right.Tensor.NumElements <= session.Limits.MaxTensorElements)
            return;
        ReadOnlySpan<long> a = left.Shape;
        ReadOnlySpan<long> b = right.Shape;
        var product = 1.0;
        for (var i = 1; i <= Math.Max(a.Length, b.Length); i++)
        {
            var m = i <= a.Length ? a[^i] : 1;
            var n = i <= b.Length ? b[^i] : 1;
            if (m != n && m != 1 && n != 1)
                return;
            product *= Math.Max(m, n);
        }

        CheckCount(session, product);
    }

    private static void CheckRange(CandidateSession session, object[] positional, PyDict? keywords)
    {
        double Number(int index, string name, double fallback) =>
            index < positional.Length && Py.TryDouble(positional[index], out var value) ? value
            : keywords?.GetOrNull(name) is { } named && Py.TryDouble(named, out value) ? value : fallback;
        var start = positional.Length > 1 ? Number(0, "start", 0) : 0;
        var end = positional.Length > 1 ? Number(1, "end", 0) : Number(0, "end", 0);
        var step = Number(2, "step", 1);
        if (step != 0 && (end - start) / step is var count && double.IsFinite(count))
            CheckCount(session, count);
    }
}
