using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

internal sealed partial class GraphNormalizer
{
    private int? Layer(GraphNode node)
    {
        switch (node.Op)
        {
            case "dropout" or "feature_dropout" or "alpha_dropout" or "feature_alpha_dropout" or "native_dropout" when Text(node, "train") != "true" || Number(node, "p") == 0:
                return Input(node);
            case "conv1d" or "conv2d" or "conv3d":
                return Convolution(node);
            case "linear":
                return Linear(Input(node), Input(node, "weight"), Input(node, "bias"), node);
            case "matmul" or "mm" or "bmm" or "mv" or "dot":
                return builder[Input(node, 1)] is { Op: "permute", Shape.Length: 2 } weight && builder[weight.Inputs[0].Node].Op == "parameter"
                    ? Linear(Input(node), weight.Inputs[0].Node, null, node)
                    : Keep(node, "matmul", []);
            case "addmm" when node.Inputs.Count == 3 && builder[Input(node, 2)] is { Op: "permute", Shape.Length: 2 } second && Number(node, "beta") == 1 && Number(node, "alpha") == 1:
                return Linear(Input(node, 1), second.Inputs[0].Node, Input(node), node);
            case "batch_norm" or "instance_norm":
                return Keep(node, node.Op, Attributes(node, "momentum", "cudnn_enabled"));
            case "layer_norm" or "group_norm":
                return Keep(node, node.Op, Attributes(node, "cudnn_enable", "cudnn_enabled"));
            case "lstm" or "gru" or "rnn_tanh" or "rnn_relu" when !Flag(node, "train"):
                return Keep(node, node.Op, Attributes(node, "dropout"));
            case "max_pool1d" or "max_pool2d" or "max_pool3d":
                return Pool(node, "max_pool", Shape(node));
            case "avg_pool1d" or "avg_pool2d" or "avg_pool3d":
                return Pool(node, "avg_pool", Shape(node));
            case "adaptive_avg_pool1d" or "adaptive_avg_pool2d" or "adaptive_avg_pool3d":
                return AdaptivePool(node, "avg", Shape(node));
            case "constant_pad_nd" or "pad" when Ints(node, "pad") is { Length: > 0 } pads && Text(node, "mode", "constant") == "constant":
                return pads.All(p => p == 0) ? Input(node)
                    : Keep(node, "pad", [("pad", CanonicalBuilder.Text(Trimmed(pads))), ("value", CanonicalBuilder.Text(Number(node, "value") ?? 0))]);
            case "upsample_nearest1d" or "upsample_nearest2d" or "upsample_nearest3d" or "upsample_linear1d" or "upsample_bilinear2d" or "upsample_trilinear3d" or "upsample_bicubic2d":
                // The shapes say how far.
                return Keep(node, node.Op, Attributes(node, "output_size", "scale_factors", "scales", "scales_h", "scales_w"));
            default:
                return null;
        }
    }

    private int? Convolution(GraphNode node)
    {
        if (Input(node, "weight") is not { } weight)
            return null;
        long[] kernel = builder[weight].Shape[2..];
        long[] stride = Ints(node, "stride");
        long[] dilation = [.. Ints(node, "dilation").Select((d, i) => i < kernel.Length && kernel[i] == 1 ? 1 : d)];
        long[]? padding = Text(node, "padding") switch
        {
            "valid" => new long[kernel.Length],
            "same" => Same(kernel, dilation),
            _ => Ints(node, "padding"),
        };
        int input = Input(node);
        if (padding is { Length: > 0 } && builder[input] is { Op: "pad" } pad && pad.Attribute("value") == "0" && Symmetric(pad.Attribute("pad")!, padding.Length) is { } around)
        {
            input = pad.Inputs[0].Node;
            padding = [.. padding.Select((p, i) => p + around[i])];
        }
        CanonicalInput[] inputs = [new(input, "self"), new(weight, "weight"), .. Input(node, "bias") is { } bias ? [new CanonicalInput(bias, "bias")] : Array.Empty<CanonicalInput>()];
        return builder.Add("conv", inputs, Shape(node), node.Batch, node.Dtype,
            ("kernel", CanonicalBuilder.Text(kernel)), ("stride", CanonicalBuilder.Text(stride)), ("dilation", CanonicalBuilder.Text(dilation)),
            ("padding", padding is null ? "same" : CanonicalBuilder.Text(padding)), ("groups", CanonicalBuilder.Text(Int(node, "groups", 1))));
    }

    // Null when the two sides differ.
    private static long[]? Same(long[] kernel, long[] dilation)
    {
        long[] total = [.. kernel.Select((k, i) => (k - 1) * (i < dilation.Length ? dilation[i] : 1))];
        return total.All(t => t % 2 == 0) ? [.. total.Select(t => t / 2)] : null;
    }

    // F.pad begins with the last dimension: left, right, top, bottom.
    private static long[]? Symmetric(string text, int dims)
    {
        long[] pads = [.. text.Split(',').Select(p => long.TryParse(p, out long value) ? value : -1)];
        if (pads.Length > 2 * dims || pads.Length % 2 != 0 || pads.Any(p => p < 0))
            return null;
        long[] around = new long[dims];
        for (int i = 0; i < pads.Length; i += 2)
        {
            if (pads[i] != pads[i + 1])
                return null;
            around[dims - 1 - i / 2] = pads[i];
        }
        return around;
    }

    private static long[] Trimmed(long[] pads)
    {
        int length = pads.Length;
        while (length >= 2 && pads[length - 1] == 0 && pads[length - 2] == 0)
            length -= 2;
        return pads[..length];
    }

    private int? Linear(int input, int? weight, int? bias, GraphNode node)
    {
        if (weight is not { } matrix)
            return null;
        CanonicalInput[] inputs = [new(input, "self"), new(matrix, "weight"), .. bias is { } b ? [new CanonicalInput(b, "bias")] : Array.Empty<CanonicalInput>()];
        return builder.Add("linear", inputs, Shape(node), node.Batch, node.Dtype);
    }

    // x @ w.t() + b
    private int? Biased(GraphNode node)
    {
        for (int side = 0; side < 2; side++)
        {
            var product = builder[Input(node, side)];
            int other = Input(node, 1 - side);
            if (product is { Op: "linear", Inputs.Length: 2 } && builder[other] is { Op: "parameter", Shape: [var width] } && width == Shape(node)[^1]
                && HasShape(product, Shape(node)) && _uses[node.Inputs[side].Node] == 1)
            {
                return Linear(product.Inputs[0].Node, product.Inputs[1].Node, other, node);
            }
        }
        return null;
    }

    private int Pool(GraphNode node, string op, long[] shape)
    {
        long[] kernel = Ints(node, "kernel_size");
        int dims = kernel.Length;
        var source = builder[Input(node)];
        if (dims == 0 || source.Shape.Length < dims)
            return Keep(node, op, Attributes(node));
        long[] size = source.Shape[^dims..];
        long[] stride = Ints(node, "stride") is { Length: > 0 } given ? given : kernel;
        long[] padding = Ints(node, "padding") is { Length: > 0 } pads ? pads : new long[dims];
        long[] dilation = Ints(node, "dilation") is { Length: > 0 } holes ? holes : [.. Enumerable.Repeat(1L, dims)];
        bool isPlain = padding.All(p => p == 0) && dilation.All(d => d == 1) && Text(node, "divisor_override").Length == 0;
        if (isPlain && kernel.All(k => k == 1) && stride.All(s => s == 1))
            return Input(node);
        if (isPlain && kernel.SequenceEqual(size))
            return builder.Reshape(Global(op == "max_pool" ? "amax" : "mean", Input(node), dims), shape);
        // ceil_mode matters where the last window would hang over.
        bool hangsOver = Flag(node, "ceil_mode") && Enumerable.Range(0, dims).Any(i => (size[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) % stride[i] != 0);
        IEnumerable<(string, string)> attributes =
        [
            ("kernel", CanonicalBuilder.Text(kernel)), ("stride", CanonicalBuilder.Text(stride)), ("padding", CanonicalBuilder.Text(padding)),
            ("dilation", CanonicalBuilder.Text(dilation)), ("ceil", hangsOver ? "true" : "false"),
        ];
        if (op == "avg_pool")
        {
            bool counts = (padding.Any(p => p > 0) || hangsOver) && Flag(node, "count_include_pad");
            attributes = attributes.Append(("divisor", Text(node, "divisor_override"))).Append(("count_padding", counts ? "true" : "false"));
        }
        return builder.Add(op, [new CanonicalInput(Input(node), "self")], shape, builder.BatchOf(Input(node), shape), node.Dtype, attributes);
    }

    private int AdaptivePool(GraphNode node, string kind, long[] shape)
    {
        long[] target = Ints(node, "output_size");
        int dims = target.Length;
        var source = builder[Input(node)];
        if (dims == 0 || source.Shape.Length < dims)
            return Keep(node, $"adaptive_{kind}_pool", Attributes(node));
        long[] size = source.Shape[^dims..];
        if (target.SequenceEqual(size))
            return Input(node);
        if (target.All(t => t == 1))
            return builder.Reshape(Global(kind == "max" ? "amax" : "mean", Input(node), dims), shape);
        if (Enumerable.Range(0, dims).Any(i => size[i] % target[i] != 0))
            return builder.Unary($"adaptive_{kind}_pool", Input(node), shape, ("size", CanonicalBuilder.Text(target)));
        string window = CanonicalBuilder.Text(size.Select((s, i) => s / target[i]));
        IEnumerable<(string, string)> attributes =
        [
            ("kernel", window), ("stride", window), ("padding", CanonicalBuilder.Text(new long[dims])),
            ("dilation", CanonicalBuilder.Text(Enumerable.Repeat(1L, dims))), ("ceil", "false"),
        ];
        if (kind == "avg")
            attributes = attributes.Append(("divisor", "")).Append(("count_padding", "false"));
        return builder.Unary($"{kind}_pool", Input(node), shape, attributes);
    }

    private int Global(string op, int input, int dims)
    {
        int rank = builder[input].Shape.Length;
        return builder.Reduce(op, input, Enumerable.Range(rank - dims, dims));
    }
}
