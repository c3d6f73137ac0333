using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>
/// Multiply-accumulates of the operators that dominate a network's cost: of products before they are computed, from the
/// shapes of their operands; of convolutions from their results, before anything goes on with these. As fvcore and thop
/// count: one for each product that is summed, nothing for biases, activations, normalisation and pooling; FLOPs are twice as many.
/// </summary>
internal static class MacCounter
{
    public static void Before(CandidateSession session, string name, ReadOnlySpan<Argument> arguments)
    {
        if (arguments.Length >= 2)
            session.SpendMacs(OfOperands(BaseName(name), arguments[0].AsTensor, arguments[1].AsTensor));
    }

    public static void Before(CandidateSession session, string name, object?[] arguments)
    {
        if (name is "addmm" or "baddbmm" && arguments is [_, Tensor left, Tensor right, ..])
            session.SpendMacs(Product(left, right));
        else if (arguments is [Tensor first, Tensor second, ..])
            session.SpendMacs(OfOperands(name, first, second));
    }

    public static void After(CandidateSession session, string name, ReadOnlySpan<Argument> arguments, Tensor result)
    {
        if (arguments.Length >= 2)
            session.SpendMacs(OfResult(BaseName(name), arguments[0].AsTensor, arguments[1].AsTensor, result));
    }

    public static void After(CandidateSession session, string name, object?[] arguments, object? result)
    {
        if (arguments is [Tensor first, Tensor second, ..] && result is Tensor tensor)
            session.SpendMacs(OfResult(name, first, second, tensor));
    }

    /// <summary>Of one call that has been made.</summary>
    public static long Of(string name, ReadOnlySpan<Argument> arguments, Tensor result)
    {
        var operation = BaseName(name);
        if (operation is "addmm" or "baddbmm" && arguments.Length >= 3)
            return arguments[1].AsTensor is { } left && arguments[2].AsTensor is { } right ? (long)Product(left, right) : 0;
        return arguments.Length < 2 ? 0
            : (long)(OfOperands(operation, arguments[0].AsTensor, arguments[1].AsTensor) + OfResult(operation, arguments[0].AsTensor, arguments[1].AsTensor, result));
    }

    private static string BaseName(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    private static double OfOperands(string name, Tensor? left, Tensor? right) => left is null || right is null ? 0 : name switch
    {
        "linear" => right.Dim == 0 ? 0 : (double)left.NumElements * right.NumElements / Math.Max(1, right.Shape[^1]),
        "matmul" or "mm" or "bmm" or "mv" or "dot" => Product(left, right),
        _ => 0,
    };

    private static double OfResult(string name, Tensor? input, Tensor? weight, Tensor result) => input is null || weight is null ? 0 : name switch
    {
        "conv1d" or "conv2d" or "conv3d" => (double)result.NumElements * (weight.NumElements / Math.Max(1, weight.Shape[0])),
        "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d" => (double)input.NumElements * (weight.NumElements / Math.Max(1, weight.Shape[0])),
        "bilinear" => (double)result.NumElements * input.Shape[^1] * weight.Shape[^1],
        _ => 0,
    };

    // (..., n, k) by (..., k, m), with the rules of matmul for vectors and for sizes of 1.
    private static double Product(Tensor left, Tensor right)
    {
        ReadOnlySpan<long> a = left.Shape;
        ReadOnlySpan<long> b = right.Shape;
        if (a.Length == 0 || b.Length == 0)
            return 0;
        var count = (double)a[^1] * (a.Length > 1 ? a[^2] : 1) * (b.Length > 1 ? b[^1] : 1);
        for (var i = 3; i <= Math.Max(a.Length, b.Length); i++)
            count *= Math.Max(i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
        return count;
    }
}
