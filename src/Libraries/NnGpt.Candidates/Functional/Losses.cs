using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Functional;

/// <summary>Loss functions.</summary>
internal static class Losses
{
    public static long Reduction(string name) => name switch
    {
        "none" => 0,
        "mean" or "elementwise_mean" => 1,
        "sum" => 2,
        _ => throw PyErrors.ValueError($"{name} is not a valid value for reduction"),
    };

    /// <summary>The reduction that the old size_average and reduce arguments stand for.</summary>
    public static object LegacyReduction(object sizeAverage, object reduce, object reduction)
    {
        if (sizeAverage is PyNone && reduce is PyNone)
            return reduction;
        var average = sizeAverage is PyNone || Py.Truth(sizeAverage);
        var wanted = reduce is PyNone || Py.Truth(reduce);
        return !wanted ? "none" : average ? "mean" : "sum";
    }

    public static TensorObject CrossEntropy(TensorObject input, TensorObject target, TensorObject? weight, string reduction, long ignore, double smoothing) =>
        Aten.Call("cross_entropy_loss", input, target, weight, Reduction(reduction), ignore, smoothing);

    public static TensorObject Nll(TensorObject input, TensorObject target, TensorObject? weight, string reduction, long ignore) =>
        Aten.Call("nll_loss_nd", input, target, weight, Reduction(reduction), ignore);

    public static TensorObject BinaryCrossEntropy(TensorObject input, TensorObject target, TensorObject? weight, string reduction)
    {
        var kind = Reduction(reduction);
        if (!target.Shape.AsSpan().SequenceEqual(input.Shape))
        {
            throw PyErrors.ValueError(
                $"Using a target size ({Py.Repr(SizeObject.Of(target.Shape))}) that is different to the input size ({Py.Repr(SizeObject.Of(input.Shape))}) is deprecated. Please ensure they have the same size.");
        }

        return Aten.Call("binary_cross_entropy", input, target, weight, kind);
    }

    public static TensorObject BinaryCrossEntropyWithLogits(TensorObject input, TensorObject target, TensorObject? weight, string reduction, TensorObject? positive)
    {
        var kind = Reduction(reduction);
        if (!target.Shape.AsSpan().SequenceEqual(input.Shape))
            throw PyErrors.ValueError($"Target size ({Py.Repr(SizeObject.Of(target.Shape))}) must be the same as input size ({Py.Repr(SizeObject.Of(input.Shape))})");
        return Aten.Call("binary_cross_entropy_with_logits", input, target, weight, positive, kind);
    }

    public static TensorObject Elementwise(string op, TensorObject input, TensorObject target, string reduction, double? extra = null)
    {
        var kind = Reduction(reduction);
        if (op is not "soft_margin_loss")
        {
            var pair = Aten.CallMany("broadcast_tensors", (Argument)(Tensor?[])[input.Tensor, target.Tensor]);
            (input, target) = (pair[0], pair[1]);
        }

        return extra is { } value ? Aten.Call(op, input, target, kind, value) : Aten.Call(op, input, target, kind);
    }

    public static TensorObject KlDivergence(TensorObject input, TensorObject target, string reduction, bool logTarget)
    {
        if (reduction != "batchmean")
            return Aten.Call("kl_div", input, target, Reduction(reduction), logTarget);
        var sum = Aten.Call("kl_div", input, target, 2L, logTarget);
        return input.Dim == 0 ? sum : Aten.Call("div.Scalar", sum, input.Shape[0]);
    }

    public static TensorObject Gaussian(TensorObject input, TensorObject target, TensorObject variance, bool full, double eps, string reduction)
    {
        if (!variance.Shape.AsSpan().SequenceEqual(input.Shape))
        {
            if (input.Dim > 0 && variance.Shape.AsSpan().SequenceEqual(input.Shape.AsSpan(0, input.Dim - 1)))
                variance = Aten.Call("unsqueeze", variance, -1L);
            else if (variance.Dim != input.Dim || variance.Shape[^1] != 1)
                throw PyErrors.ValueError("var is of incorrect size");
        }

        variance = Aten.Call("clone", variance);
        using (NoGrad.Enter())
            Aten.InPlace("clamp_", variance, eps);
        var difference = Aten.Call("sub.Tensor", input, target);
        var loss = Aten.Call("mul.Scalar", Aten.Call("add.Tensor", Aten.Call("log", variance),
            Aten.Call("div.Tensor", Aten.Call("mul.Tensor", difference, difference), variance)), 0.5);
        if (full)
            loss = Aten.Call("add.Scalar", loss, 0.5 * Math.Log(2 * Math.PI));
        return Reduce(loss, reduction);
    }

    private static TensorObject Reduce(TensorObject loss, string reduction) => Reduction(reduction) switch
    {
        0 => loss,
        1 => Aten.Call("mean", loss),
        _ => Aten.Call("sum", loss),
    };

    public static TensorObject MultiLabelSoftMargin(TensorObject input, TensorObject target, TensorObject? weight, string reduction)
    {
        var positive = Aten.Call("mul.Tensor", target, Aten.Call("log_sigmoid", input));
        var negative = Aten.Call("mul.Tensor", Aten.Call("rsub.Scalar", target, 1L), Aten.Call("log_sigmoid", Aten.Call("neg", input)));
        var loss = Aten.Call("neg", Aten.Call("add.Tensor", positive, negative));
        if (weight is not null)
            loss = Aten.Call("mul.Tensor", loss, weight);
        loss = Aten.Call("div.Scalar", Aten.Call("sum.dim_IntList", loss, new long[] { -1 }), input.Shape[^1]);
        return Reduce(loss, reduction);
    }
}
