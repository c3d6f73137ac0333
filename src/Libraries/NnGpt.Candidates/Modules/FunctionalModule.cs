using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.nn.functional.</summary>
internal static partial class FunctionalModule
{
    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch.nn.functional");
        DefineActivations(module);
        DefineLayers(module);
        DefinePooling(module);
        DefineLosses(module);
        return module;
    }

    private static TensorObject In(NativeArguments a, string function, int index = 0) => a[index] as TensorObject
        ?? throw PyErrors.TypeError($"{function}(): argument 'input' (position {index + 1}) must be Tensor, not {Py.TypeName(a[index])}");

    private static void DefineActivations(PyModule module)
    {
        foreach (var name in (string[])["relu", "silu", "mish", "hardswish", "hardsigmoid", "selu", "rrelu_"])
        {
            var op = name;
            if (op != "rrelu_")
                module.Function(op, "input, inplace=False", a => a.Bool(1) ? Aten.InPlace(op + "_", In(a, op)) : Aten.Call(op, In(a, op)));
        }

        foreach (var name in (string[])["sigmoid", "tanh"])
        {
            var op = name;
            module.Function(op, "input", a => Aten.Call(op, a[0] as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(a[0])}' object has no attribute '{op}'")));
        }

        foreach (var name in (string[])["relu_", "selu_"])
        {
            var op = name;
            module.Function(op, "input", a => Aten.InPlace(op, In(a, op)));
        }

        module.Function("logsigmoid", "input", a => Aten.Call("log_sigmoid", In(a, "log_sigmoid")));
        module.Function("relu6", "input, inplace=False", a => a.Bool(1) ? Aten.InPlace("relu6_", In(a, "relu6")) : Aten.Call("relu6", In(a, "relu6")));
        module.Function("gelu", "input, *, approximate='none'", a => Aten.Call("gelu", In(a, "gelu"), a.Text(1)));
        module.Function("leaky_relu", "input, negative_slope=0.01, inplace=False", a =>
            a.Bool(2) ? Aten.InPlace("leaky_relu_", In(a, "leaky_relu"), a.Double(1)) : Aten.Call("leaky_relu", In(a, "leaky_relu"), a.Double(1)));
        module.Function("leaky_relu_", "input, negative_slope=0.01", a => Aten.InPlace("leaky_relu_", In(a, "leaky_relu_"), a.Double(1)));
        foreach (var name in (string[])["elu", "celu"])
        {
            var op = name;
            module.Function(op, "input, alpha=1.0, inplace=False", a =>
                a.Bool(2) ? Aten.InPlace(op + "_", In(a, op), a.Double(1)) : Aten.Call(op, In(a, op), a.Double(1)));
        }

        module.Function("hardtanh", "input, min_val=-1.0, max_val=1.0, inplace=False", a => a.Bool(3)
            ? Aten.InPlace("hardtanh_", In(a, "hardtanh"), a.Double(1), a.Double(2)) : Aten.Call("hardtanh", In(a, "hardtanh"), a.Double(1), a.Double(2)));
        module.Function("threshold", "input, threshold, value, inplace=False", a => Aten.Call("threshold", In(a, "threshold"), a.Double(1), a.Double(2)));
        module.Function("softplus", "input, beta=1, threshold=20", a => Aten.Call("softplus", In(a, "softplus"), a.Double(1), a.Double(2)));
        module.Function("softshrink", "input, lambd=0.5", a => Aten.Call("softshrink", In(a, "softshrink"), a.Double(1)));
        module.Function("hardshrink", "input, lambd=0.5", a => Aten.Call("hardshrink", In(a, "hardshrink"), a.Double(1)));
        module.Function("softsign", "input", a => Activations.Softsign(In(a, "softsign")));
        module.Function("tanhshrink", "input", a => Activations.Tanhshrink(In(a, "tanhshrink")));
        module.Function("prelu", "input, weight", a => Aten.Call("prelu", In(a, "prelu"), a.Tensor(1)));
        module.Function("rrelu", "input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False", a => Aten.Call("rrelu", In(a, "rrelu"), a.Double(1), a.Double(2), a.Bool(3)));
        module.Function("glu", "input, dim=-1", a => Aten.Call("glu", In(a, "glu"), a.Long(1)));
        foreach (var name in (string[])["softmax", "log_softmax", "softmin"])
        {
            var op = name;
            module.Function(op, "input, dim=None, _stacklevel=3, dtype=None", a => Activations.Softmax(op, LayerTable.InputWith(a[0], op == "softmin" ? "neg" : op), a[1], a[3]));
        }

        module.Function("gumbel_softmax", "logits, tau=1, hard=False, eps=1e-10, dim=-1", a => Activations.GumbelSoftmax(In(a, "gumbel_softmax"), a.Double(1), a.Bool(2), a.Long(4)));
    }

    private static void DefineLayers(PyModule module)
    {
        foreach (var name in (string[])["linear", "bilinear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle",
            "cosine_similarity", "pairwise_distance", "pdist", "conv_tbc", "avg_pool1d"])
        {
            var op = name;
            module.Function(op, "*args, **kwargs", a => PythonCall.Invoke(op, CallStyle.Function, a.Tuple(0).Items, a.Dict(1)));
        }

        module.Function("one_hot", "tensor, num_classes=-1", a => PythonCall.Invoke("one_hot", CallStyle.Function, [a[0], a[1]], null));
        module.Function("embedding", "input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False", a =>
        {
            var padding = a.IsNone(2) ? -1 : a.Long(2);
            return Aten.Call("embedding", a.Tensor(1), a.Tensor(0), padding < -1 ? padding + a.Tensor(1).Shape[0] : padding, a.Bool(5), a.Bool(6));
        });
        module.Function("batch_norm", "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05", a =>
            Normalizations.BatchNorm(In(a, "batch_norm"), a.TensorOrNull(1), a.TensorOrNull(2), a.TensorOrNull(3), a.TensorOrNull(4), a.Bool(5), a.Double(6), a.Double(7)));
        module.Function("instance_norm", "input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05", a =>
            Normalizations.InstanceNorm(a.Bool(5) ? LayerTable.InputWith(a[0], "size") : In(a, "instance_norm"), a.TensorOrNull(1), a.TensorOrNull(2), a.TensorOrNull(3), a.TensorOrNull(4), a.Bool(5), a.Double(6), a.Double(7)));
        module.Function("layer_norm", "input, normalized_shape, weight=None, bias=None, eps=1e-05", a =>
            Aten.Call("layer_norm", In(a, "layer_norm"), a[1] is not (PyTuple or PyList)
                ? throw PyErrors.TypeError($"layer_norm(): argument 'normalized_shape' (position 2) must be tuple of ints, not {Py.TypeName(a[1])}")
                : LayerTable.Ints(a[1], "layer_norm", "normalized_shape"), a.TensorOrNull(2), a.TensorOrNull(3), a.Double(4)));
        module.Function("group_norm", "input, num_groups, weight=None, bias=None, eps=1e-05", a =>
            Normalizations.GroupNorm(LayerTable.InputWith(a[0], "dim"), a.Long(1), a.TensorOrNull(2), a.TensorOrNull(3), a.Double(4)));
        module.Function("local_response_norm", "input, size, alpha=0.0001, beta=0.75, k=1.0", a => Normalizations.LocalResponseNorm(In(a, "local_response_norm"), a.Long(1), a.Double(2), a.Double(3), a.Double(4)));
        module.Function("normalize", "input, p=2.0, dim=1, eps=1e-12, out=None", a => Normalizations.Normalize(In(a, "normalize"), a.Double(1), a[2], a.Double(3)));
        foreach (var (name, p) in ((string, string)[])[("dropout", "0.5"), ("dropout1d", "0.5"), ("dropout2d", "0.5"), ("dropout3d", "0.5"), ("alpha_dropout", "0.5"), ("feature_alpha_dropout", "0.5")])
        {
            var kind = name;
            var training = kind.Contains("alpha", StringComparison.Ordinal) ? "False" : "True";
            module.Function(kind, $"input, p={p}, training={training}, inplace=False", a => Dropouts.Apply(kind, In(a, kind), a.Double(1), a.Bool(2), a.Bool(3)));
        }

        module.Function("pad", "input, pad, mode='constant', value=None", a =>
            Padding.Pad(In(a, "pad"), a[1] is not (PyTuple or PyList) ? throw PyErrors.TypeError($"pad(): argument 'pad' (position 2) must be tuple of ints, not {Py.TypeName(a[1])}") : LayerTable.Ints(a[1], "pad", "pad"), a.Text(2), a.IsNone(3) ? 0 : a.Double(3)));
        module.Function("interpolate", "input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False", a =>
            Interpolation.Interpolate(LayerTable.InputWith(a[0], "dim"), a[1], a[2], a.Text(3), a[4], a[5], a.Bool(6)));
        module.Function("upsample", "input, size=None, scale_factor=None, mode='nearest', align_corners=None", a => Interpolation.Interpolate(In(a, "upsample"), a[1], a[2], a.Text(3), a[4], Py.None, false));
        module.Function("upsample_nearest", "input, size=None, scale_factor=None", a => Interpolation.Interpolate(In(a, "upsample"), a[1], a[2], "nearest", Py.None, Py.None, false));
        module.Function("upsample_bilinear", "input, size=None, scale_factor=None", a => Interpolation.Interpolate(In(a, "upsample"), a[1], a[2], "bilinear", Py.True, Py.None, false));
        module.Function("grid_sample", "input, grid, mode='bilinear', padding_mode='zeros', align_corners=None", a =>
            Interpolation.GridSample(In(a, "grid_sample"), a.Tensor(1), a.Text(2), a.Text(3), !a.IsNone(4) && a.Bool(4)));
        module.Function("affine_grid", "theta, size, align_corners=None", a => Interpolation.AffineGrid(a[0], a[1], LayerTable.Ints(a[1], "affine_grid", "size"), !a.IsNone(2) && a.Bool(2)));
        module.Function("fold", "input, output_size, kernel_size, dilation=1, padding=0, stride=1", a =>
            Aten.Call("col2im", In(a, "col2im"), Two(a[1]), Two(a[2]), Two(a[3]), Two(a[4]), Two(a[5])));
        module.Function("unfold", "input, kernel_size, dilation=1, padding=0, stride=1", a => Aten.Call("im2col", In(a, "im2col"), Two(a[1]), Two(a[2]), Two(a[3]), Two(a[4])));
    }

    private static void DefinePooling(PyModule module)
    {
        for (var n = 1; n <= 3; n++)
        {
            var dims = n;
            module.Function($"max_pool{n}d", "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False", a =>
                Pooling.Max(dims, In(a, $"max_pool{dims}d"), a[1], a[2], a[3], a[4], a.Bool(5), a.Bool(6)));
            module.Function($"max_pool{n}d_with_indices", "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False", a =>
                Pooling.Max(dims, In(a, $"max_pool{dims}d"), a[1], a[2], a[3], a[4], a.Bool(5), true));
            if (n > 1)
            {
                module.Function($"avg_pool{n}d", "input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None", a =>
                    Pooling.Average(dims, In(a, $"avg_pool{dims}d"), a[1], a[2], a[3], a.Bool(4), a.Bool(5), a[6]));
            }

            module.Function($"adaptive_avg_pool{n}d", "input, output_size", a => Pooling.AdaptiveAverage(dims, dims == 1 ? In(a, "adaptive_avg_pool1d") : LayerTable.InputWith(a[0], "size"), a[1]));
            module.Function($"adaptive_max_pool{n}d", "input, output_size, return_indices=False", a => Pooling.AdaptiveMax(dims, In(a, $"adaptive_max_pool{dims}d"), a[1], a.Bool(2)));
            if (n < 3)
                module.Function($"lp_pool{n}d", "input, norm_type, kernel_size, stride=None, ceil_mode=False", a => Pooling.Power(dims, In(a, "lp_pool"), a.Double(1), a[2], a[3], a.Bool(4)));
            module.Function($"max_unpool{n}d", "input, indices, kernel_size, stride=None, padding=0, output_size=None", a => Pooling.Unpool(dims, In(a, "max_unpool"), a.Tensor(1), a[2], a[3], a[4], a[5]));
        }
    }

    private static void DefineLosses(PyModule module)
    {
        const string Legacy = "size_average=None, reduce=None, reduction='mean'";
        TensorObject Target(NativeArguments a) => a[1] as TensorObject
            ?? throw PyErrors.TypeError($"cross_entropy_loss(): argument 'target' (position 2) must be Tensor, not {Py.TypeName(a[1])}");
        string Kind(NativeArguments a, int at) => Py.Str(Losses.LegacyReduction(a[at], a[at + 1], a[at + 2]));

        module.Function("cross_entropy", "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", a =>
            Losses.CrossEntropy(In(a, "cross_entropy_loss"), Target(a), a.TensorOrNull(2), Py.Str(Losses.LegacyReduction(a[3], a[5], a[6])), a.Long(4), a.Double(7)));
        module.Function("nll_loss", "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", a =>
            Losses.Nll(In(a, "nll_loss_nd"), Target(a), a.TensorOrNull(2), Py.Str(Losses.LegacyReduction(a[3], a[5], a[6])), a.Long(4)));
        module.Function("binary_cross_entropy", "input, target, weight=None, " + Legacy, a => Losses.BinaryCrossEntropy(In(a, "binary_cross_entropy"), Target(a), a.TensorOrNull(2), Kind(a, 3)));
        module.Function("binary_cross_entropy_with_logits", "input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None", a =>
            Losses.BinaryCrossEntropyWithLogits(In(a, "binary_cross_entropy_with_logits"), Target(a), a.TensorOrNull(2), Kind(a, 3), a.TensorOrNull(6)));
        foreach (var name in (string[])["mse_loss", "l1_loss", "soft_margin_loss"])
        {
            var op = name;
            module.Function(op, "input, target, " + Legacy, a => op == "soft_margin_loss"
                ? Losses.Elementwise(op, In(a, op), Target(a), Kind(a, 2))
                : Losses.Elementwise(op, LayerTable.Sized(a[0], a[1], out var target), target, Kind(a, 2)));
        }

        module.Function("smooth_l1_loss", "input, target, size_average=None, reduce=None, reduction='mean', beta=1.0", a => Losses.Elementwise("smooth_l1_loss", LayerTable.Sized(a[0], a[1], out var target), target, Kind(a, 2), a.Double(5)));
        module.Function("huber_loss", "input, target, reduction='mean', delta=1.0", a => Losses.Elementwise("huber_loss", LayerTable.Sized(a[0], a[1], out var target), target, a.Text(2), a.Double(3)));
        module.Function("kl_div", "input, target, size_average=None, reduce=None, reduction='mean', log_target=False", a => Losses.KlDivergence(In(a, "kl_div"), Target(a), Kind(a, 2), a.Bool(5)));
        module.Function("multi_margin_loss", "input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'", a =>
            Aten.Call("multi_margin_loss", In(a, "multi_margin_loss"), Target(a), a.Long(2), a.Double(3), a.TensorOrNull(4), Losses.Reduction(Kind(a, 5))));
        module.Function("multilabel_soft_margin_loss", "input, target, weight=None, " + Legacy, a => Losses.MultiLabelSoftMargin(In(a, "multilabel_soft_margin_loss"), Target(a), a.TensorOrNull(2), Kind(a, 3)));
        module.Function("gaussian_nll_loss", "input, target, var, full=False, eps=1e-06, reduction='mean'", a =>
            Losses.Gaussian(In(a, "gaussian_nll_loss"), Target(a), a.Tensor(2), a.Bool(3), a.Double(4), a.Text(5)));
        module.Function("cosine_embedding_loss", "input1, input2, target, margin=0, " + Legacy, a =>
            Aten.Call("cosine_embedding_loss", In(a, "cosine_embedding_loss"), a.Tensor(1), a.Tensor(2), a.Double(3), Losses.Reduction(Kind(a, 4))));
        module.Function("triplet_margin_loss", "anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, " + Legacy, a =>
            Aten.Call("triplet_margin_loss", In(a, "triplet_margin_loss"), a.Tensor(1), a.Tensor(2), a.Double(3), a.Double(4), a.Double(5), a.Bool(6), Losses.Reduction(Kind(a, 7))));
        module.Function("margin_ranking_loss", "input1, input2, target, margin=0, " + Legacy, a =>
            Aten.Call("margin_ranking_loss", In(a, "margin_ranking_loss"), a.Tensor(1), a.Tensor(2), a.Double(3), Losses.Reduction(Kind(a, 4))));
    }

    private static long[] Two(object value) => LayerTable.Ints(value, "im2col", "kernel_size") is [var one] ? [one, one] : LayerTable.Ints(value, "im2col", "kernel_size");
}
