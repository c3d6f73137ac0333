using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefinePooling()
    {
        var max = Layer("_MaxPoolNd", "pooling", "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False", (m, a) =>
        {
            if (a.IsNone(2))
                m.SetAttribute("stride", a[1]);
        }, "input", null, m => $"kernel_size={Show(m, "kernel_size")}, stride={Show(m, "stride")}, padding={Show(m, "padding")}, dilation={Show(m, "dilation")}, ceil_mode={Show(m, "ceil_mode")}");
        var adaptiveAverage = Layer("_AdaptiveAvgPoolNd", "pooling", "output_size", (_, _) => { }, "input", null, m => $"output_size={Show(m, "output_size")}");
        var adaptiveMax = Layer("_AdaptiveMaxPoolNd", "pooling", "output_size, return_indices=False", (_, _) => { }, "input", null, m => $"output_size={Show(m, "output_size")}");
        var power = Layer("_LPPoolNd", "pooling", "norm_type, kernel_size, stride=None, ceil_mode=False", (_, _) => { }, "input", null,
            m => $"norm_type={Show(m, "norm_type")}, kernel_size={Show(m, "kernel_size")}, stride={Show(m, "stride")}, ceil_mode={Show(m, "ceil_mode")}");
        var average = Layer("_AvgPoolNd", "pooling", "", null, "input", null);
        var unpool = Layer("_MaxUnpoolNd", "pooling", "", null, "input", null);
        for (var n = 1; n <= 3; n++)
        {
            var dims = n;
            Layer($"MaxPool{n}d", "pooling", "", null, "input", (m, a) => Pooling.Max(dims, Input(a[1], $"max_pool{dims}d"), m.Get("kernel_size"),
                m.Get("stride"), m.Get("padding"), m.Get("dilation"), m.Bool("ceil_mode"), m.Bool("return_indices")), parent: max);
            var signature = n == 1
                ? "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True"
                : "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None";
            Layer($"AvgPool{n}d", "pooling", signature, (m, a) =>
            {
                if (a.IsNone(2))
                    m.SetAttribute("stride", a[1]);
                if (dims == 1)
                {
                    foreach (var name in (string[])["kernel_size", "stride", "padding"])
                        m.SetAttribute(name, Repeat(m.Get(name), 1));
                }
            }, "input", (m, a) => Pooling.Average(dims, Input(a[1], $"avg_pool{dims}d"), m.Get("kernel_size"), m.Get("stride"), m.Get("padding"),
                m.Bool("ceil_mode"), m.Bool("count_include_pad"), dims == 1 ? Py.None : m.Get("divisor_override")),
                m => $"kernel_size={Show(m, "kernel_size")}, stride={Show(m, "stride")}, padding={Show(m, "padding")}", average);
            Layer($"AdaptiveAvgPool{n}d", "pooling", "", null, "input",
                (m, a) => Pooling.AdaptiveAverage(dims, dims == 1 ? Input(a[1], "adaptive_avg_pool1d") : InputWith(a[1], "size"), m.Get("output_size")), parent: adaptiveAverage);
            Layer($"AdaptiveMaxPool{n}d", "pooling", "", null, "input",
                (m, a) => Pooling.AdaptiveMax(dims, Input(a[1], $"adaptive_max_pool{dims}d"), m.Get("output_size"), m.Bool("return_indices")), parent: adaptiveMax);
            if (n < 3)
            {
                Layer($"LPPool{n}d", "pooling", "", null, "input", (m, a) =>
                    Pooling.Power(dims, Input(a[1], $"lp_pool{dims}d"), m.Double("norm_type"), m.Get("kernel_size"), m.Get("stride"), m.Bool("ceil_mode")), parent: power);
            }

            Layer($"MaxUnpool{n}d", "pooling", "kernel_size, stride=None, padding=0", (m, a) =>
            {
                m.SetAttribute("kernel_size", Repeat(a[1], dims));
                m.SetAttribute("stride", Repeat(a.IsNone(2) ? a[1] : a[2], dims));
                m.SetAttribute("padding", Repeat(a[3], dims));
            }, "input, indices, output_size=None", (m, a) => Pooling.Unpool(dims, Input(a[1], "max_unpool"), Input(a[2], "max_unpool"),
                m.Get("kernel_size"), m.Get("stride"), m.Get("padding"), a[3]), m => $"kernel_size={Show(m, "kernel_size")}, stride={Show(m, "stride")}, padding={Show(m, "padding")}", unpool);
        }
    }
}
