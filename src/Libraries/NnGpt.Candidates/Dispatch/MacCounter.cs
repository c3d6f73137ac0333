using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>Multiply-accumulates of the operators that dominate a network's cost, from the shapes they were called with.</summary>
internal static class MacCounter
{
    public static void Count(CandidateSession session, string name, ReadOnlySpan<Argument> arguments, Tensor result)
    {
        if (arguments.Length >= 2)
            session.Macs += Of(name, arguments[0].AsTensor, arguments[1].AsTensor, result);
    }

    public static void Count(CandidateSession session, string name, object?[] arguments, object? result)
    {
        if (arguments is [Tensor first, Tensor second, ..] && result is Tensor tensor)
            session.Macs += Of(name, first, second, tensor);
        else if (name is "addmm" or "baddbmm" or "addbmm" && arguments is [_, Tensor left, ..] && result is Tensor sum)
            session.Macs += sum.NumElements * Last(left, 1);
    }

    /// <summary>Of one call, whatever the operator.</summary>
    public static long Of(string name, ReadOnlySpan<Argument> arguments, Tensor result) => arguments.Length switch
    {
        >= 3 when name is "addmm" or "baddbmm" or "addbmm" => Of("matmul", arguments[1].AsTensor, arguments[2].AsTensor, result),
        >= 2 => Of(name, arguments[0].AsTensor, arguments[1].AsTensor, result),
        _ => 0,
    };

    private static long Of(string name, Tensor? input, Tensor? weight, Tensor result)
    {
        if (input is null || weight is null)
            return 0;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? name : name[..dot]) switch
        {
            "conv1d" or "conv2d" or "conv3d" => result.NumElements * (weight.NumElements / Math.Max(1, weight.Shape[0])),
            "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d" => input.NumElements * (weight.NumElements / Math.Max(1, weight.Shape[0])),
            "linear" => result.NumElements * Last(weight, 1),
            "matmul" or "mm" or "bmm" or "mv" or "dot" => result.NumElements * Last(input, 1),
            "bilinear" => result.NumElements * Last(input, 1) * Last(weight, 1),
            _ => 0,
        };
    }

    private static long Last(Tensor tensor, int fromEnd) => tensor.Dim >= fromEnd ? tensor.Shape[^fromEnd] : 1;
}
