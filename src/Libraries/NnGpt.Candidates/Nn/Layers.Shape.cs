using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    // The factors of an Upsample are floats, however they are written.
    private static void SetScale(ModuleObject m, object scale)
    {
        if (scale is PyTuple factors)
            m.SetAttribute("scale_factor", new PyTuple([.. factors.Items.Select(factor => (object)Py.ToDouble(factor))]));
        else if (scale is not PyNone && Py.Truth(scale))
            m.SetAttribute("scale_factor", Py.ToDouble(scale));
    }

    private static void DefineShape()
    {
        Layer("Flatten", "flatten", "start_dim=1, end_dim=-1", (_, _) => { }, "input",
            (m, a) => Aten.Call("flatten.using_ints", a[1] as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(a[1])}' object has no attribute 'flatten'"), m.Long("start_dim"), m.Long("end_dim")),
            m => $"start_dim={Show(m, "start_dim")}, end_dim={Show(m, "end_dim")}");
        Layer("Unflatten", "flatten", "dim, unflattened_size", (_, a) =>
        {
            // A dimension with a name wants sizes with names.
            if (a[1] is string)
            {
                if (a[2] is not PyTuple named)
                    throw PyErrors.TypeError($"unflattened_size must be tuple of tuples, but found type {Py.TypeName(a[2])}");
                var at = Array.FindIndex(named.Items, item => item is not PyTuple);
                throw at >= 0
                    ? PyErrors.TypeError($"unflattened_size must be tuple of tuples, but found element of type {Py.TypeName(named[at])} at pos {at}")
                    : Execution.CandidateLimitException.Unsupported("nn.Unflatten of a named dimension");
            }

            if (a[2] is not (PyTuple or PyList))
                throw PyErrors.TypeError($"unflattened_size must be a tuple of ints, but found type {Py.TypeName(a[2])}");
        }, "input", (m, a) => TensorClass.Unflatten(Input(a[1], "unflatten"), m.Long("dim"), Ints(m.Get("unflattened_size"), "unflatten", "sizes")),
            m => $"dim={Show(m, "dim")}, unflattened_size={Show(m, "unflattened_size")}");
        Layer("Upsample", "upsampling", "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None", (m, a) =>
        {
            SetScale(m, a[2]);
        }, "input", (m, a) => Interpolation.Interpolate(InputWith(a[1], "dim"), m.Get("size"), m.Get("scale_factor"), m.Text("mode"), m.Get("align_corners"), m.Get("recompute_scale_factor"), false),
            m => (m.Get("scale_factor") is PyNone ? $"size={Show(m, "size")}" : $"scale_factor={Show(m, "scale_factor")}") + $", mode={m.Text("mode")}");
        var upsample = s_classes["Upsample"];
        foreach (var (name, mode, corners) in ((string, string, object)[])[("UpsamplingNearest2d", "nearest", Py.None), ("UpsamplingBilinear2d", "bilinear", Py.True)])
        {
            Layer(name, "upsampling", "size=None, scale_factor=None", (m, a) =>
            {
                SetScale(m, a[2]);
                m.SetAttribute("mode", mode);
                m.SetAttribute("align_corners", corners);
                m.SetAttribute("recompute_scale_factor", Py.None);
            }, "input", null, parent: upsample);
            s_classes[name].Method("forward", "self, input", a => Interpolation.Interpolate(InputWith(a[1], "dim"), ((ModuleObject)a[0]).Get("size"),
                ((ModuleObject)a[0]).Get("scale_factor"), mode, corners, Py.None, false));
        }

        Layer("PixelShuffle", "pixelshuffle", "upscale_factor", (_, _) => { }, "input",
            (m, a) => Aten.Call("pixel_shuffle", Input(a[1], "pixel_shuffle"), m.Long("upscale_factor")), m => $"upscale_factor={Show(m, "upscale_factor")}");
        Layer("PixelUnshuffle", "pixelshuffle", "downscale_factor", (_, _) => { }, "input",
            (m, a) => Aten.Call("pixel_unshuffle", Input(a[1], "pixel_unshuffle"), m.Long("downscale_factor")), m => $"downscale_factor={Show(m, "downscale_factor")}");
        Layer("ChannelShuffle", "channelshuffle", "groups", (_, _) => { }, "input",
            (m, a) => Aten.Call("channel_shuffle", Input(a[1], "channel_shuffle"), m.Long("groups")), m => $"groups={Show(m, "groups")}");
        Layer("Fold", "fold", "output_size, kernel_size, dilation=1, padding=0, stride=1", (_, _) => { }, "input", (m, a) => Aten.Call("col2im", Input(a[1], "col2im"),
            Two(m.Get("output_size")), Two(m.Get("kernel_size")), Two(m.Get("dilation")), Two(m.Get("padding")), Two(m.Get("stride"))),
            m => $"output_size={Show(m, "output_size")}, kernel_size={Show(m, "kernel_size")}, dilation={Show(m, "dilation")}, padding={Show(m, "padding")}, stride={Show(m, "stride")}");
        Layer("Unfold", "fold", "kernel_size, dilation=1, padding=0, stride=1", (_, _) => { }, "input", (m, a) => Aten.Call("im2col", Input(a[1], "im2col"),
            Two(m.Get("kernel_size")), Two(m.Get("dilation")), Two(m.Get("padding")), Two(m.Get("stride"))),
            m => $"kernel_size={Show(m, "kernel_size")}, dilation={Show(m, "dilation")}, padding={Show(m, "padding")}, stride={Show(m, "stride")}");
        foreach (var (prefix, mode, most) in ((string, string, int)[])[("ReflectionPad", "reflect", 3), ("ReplicationPad", "replicate", 3), ("ConstantPad", "constant", 3), ("ZeroPad", "zeros", 2)])
        {
            // A pad of zeros is one of a constant, and is derived from it.
            var parent = mode == "zeros" ? s_classes["ConstantPad2d"] : Layer($"_{prefix}Nd", "padding", "", null, "input", null);
            for (var n = mode == "zeros" ? 2 : 1; n <= most; n++)
            {
                var dims = n;
                Layer($"{prefix}{n}d", "padding", mode == "constant" ? "padding, value" : "padding", (m, a) =>
                {
                    m.SetAttribute("padding", Repeat(a[1], 2 * dims));
                    if (mode == "zeros")
                        m.SetAttribute("value", 0.0);
                }, "input", (m, a) => Padding.Pad(Input(a[1], "pad"), Ints(m.Get("padding"), "pad", "pad"), mode == "zeros" ? "constant" : mode,
                    mode is "constant" or "zeros" ? m.Double("value") : 0),
                    m => mode == "constant" ? $"padding={Show(m, "padding")}, value={Show(m, "value")}" : Show(m, "padding"), parent);
            }
        }

        Layer("CosineSimilarity", "distance", "dim=1, eps=1e-08", (_, _) => { }, "x1, x2",
            (m, a) => Aten.Call("cosine_similarity", Input(a[1], "cosine_similarity"), Input(a[2], "cosine_similarity"), m.Long("dim"), m.Double("eps")));
        Layer("PairwiseDistance", "distance", "p=2.0, eps=1e-06, keepdim=False", (m, a) => m.SetAttribute("norm", a[1]), "x1, x2",
            (m, a) => Aten.Call("pairwise_distance", Input(a[1], "pairwise_distance"), Input(a[2], "pairwise_distance"), m.Double("norm"), m.Double("eps"), m.Bool("keepdim")));
    }

    private static long[] Two(object value) => Ints(value, "im2col", "kernel_size") is [var one] ? [one, one] : Ints(value, "im2col", "kernel_size");
}
