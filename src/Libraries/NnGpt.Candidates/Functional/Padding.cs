using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Functional;

/// <summary>F.pad.</summary>
internal static class Padding
{
    public static TensorObject Pad(TensorObject input, long[] pad, string mode, double value)
    {
        var shape = input.Shape;
        for (var i = 0; i < Math.Min(pad.Length / 2, shape.Length); i++)
            shape[^(i + 1)] += Math.Max(0, pad[2 * i]) + Math.Max(0, pad[2 * i + 1]);
        AllocationGuard.CheckShape(CandidateSession.Current, shape);
        if (mode is not ("constant" or "reflect" or "replicate" or "circular"))
            throw PyErrors.NotImplementedError($"Unrecognised padding mode {mode}");
        return mode == "constant"
            ? Aten.Call("constant_pad_nd", input, pad, value)
            : Aten.Call("pad", input, pad, mode);
    }
}
