using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineConvolutions()
    {
        var conv = Layer("_ConvNd", "conv",
            "in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, bias, padding_mode, device=None, dtype=None",
            (m, a) => InitConvolution(m, a[13], a.Bool(10), Py.ToList(a[3]).Count, a.Bool(7)), "input", null, ConvText);
        conv.Method("reset_parameters", "self", a =>
        {
            ResetWeightAndBias((ModuleObject)a[0], alwaysBias: false);
            return null;
        });
        for (var n = 1; n <= 3; n++)
        {
            var dims = n;
            var cls = Layer($"Conv{n}d", "conv",
                "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None",
                (m, a) => InitConvolution(m, a[11], a.Bool(8), dims, transposed: false),
                "input", (m, a) => Py.CallMethod(m, "_conv_forward", a[1], Py.GetAttr(m, "weight"), Py.GetAttr(m, "bias")), parent: conv);
            cls.Method("_conv_forward", "self, input, weight, bias", a =>
                Convolve((ModuleObject)a[0], ConvolutionInput(a, dims), Weight(a[2], dims), a[3] as TensorObject, dims));
        }

        var transposedBase = Layer("_ConvTransposeNd", "conv", "", null, "input", null, parent: conv);
        for (var n = 1; n <= 3; n++)
        {
            var dims = n;
            Layer($"ConvTranspose{n}d", "conv",
                "in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None",
                (m, a) => InitConvolution(m, a[12], a.Bool(8), dims, transposed: true),
                "input, output_size=None", (m, a) => ConvolveTransposed(m, Input(a[1], $"conv_transpose{dims}d"), dims, a[2]), parent: transposedBase);
        }
    }

    private static void InitConvolution(ModuleObject m, object dtype, bool bias, int dims, bool transposed)
    {
        foreach (var name in (string[])["kernel_size", "stride", "dilation"])
            m.SetAttribute(name, Repeat(m.Get(name), dims));
        if (m.Get("padding") is not string)
            m.SetAttribute("padding", Repeat(m.Get("padding"), dims));
        m.SetAttribute("transposed", Py.Bool(transposed));
        m.SetAttribute("output_padding", transposed ? Repeat(m.Get("output_padding"), dims) : Repeat(Py.Int(0), dims));
        var inChannels = m.Get("in_channels");
        var outChannels = m.Get("out_channels");
        var groups = m.Get("groups");
        if (groups is long and <= 0)
            throw PyErrors.ValueError("groups must be a positive integer");
        if (Py.Truth(Py.Binary(BinaryOperator.Modulo, inChannels, groups)))
            throw PyErrors.ValueError("in_channels must be divisible by groups");
        if (Py.Truth(Py.Binary(BinaryOperator.Modulo, outChannels, groups)))
            throw PyErrors.ValueError("out_channels must be divisible by groups");
        if (m.Get("padding") is string padding)
        {
            if (padding is not ("same" or "valid"))
                throw PyErrors.ValueError($"Invalid padding string '{padding}', should be one of {{'valid', 'same'}}");
            if (padding == "same" && ((PyTuple)m.Get("stride")).Items.Any(s => s is not 1L))
                throw PyErrors.ValueError("padding='same' is not supported for strided convolutions");
        }

        if (m.Text("padding_mode") is not ("zeros" or "reflect" or "replicate" or "circular"))
            throw PyErrors.ValueError($"padding_mode must be one of {{'zeros', 'reflect', 'replicate', 'circular'}}, but got padding_mode='{m.Text("padding_mode")}'");
        if (transposed && m.Text("padding_mode") != "zeros")
            throw PyErrors.ValueError($"Only \"zeros\" padding mode is supported for ConvTranspose{dims}d");
        var first = transposed ? inChannels : outChannels;
        var second = Py.Binary(BinaryOperator.FloorDivide, transposed ? outChannels : inChannels, groups);
        NewParameter("weight", m, dtype, [first, second, .. ((PyTuple)m.Get("kernel_size")).Items]);
        if (bias)
            NewParameter("bias", m, dtype, outChannels);
        else
            NoParameter(m, "bias");
        Py.CallMethod(m, "reset_parameters");
    }

    // What is no tensor fits neither overload of the operator, whose message tells all arguments.
    private static TensorObject ConvolutionInput(NativeArguments a, int dims)
    {
        if (a[1] is TensorObject input)
            return input;
        var m = (ModuleObject)a[0];
        if (m.Text("padding_mode") != "zeros")
            return Input(a[1], "pad");
        return (TensorObject)PythonCall.Invoke($"conv{dims}d", CallStyle.Function,
            [a[1], a[2], a[3], m.Get("stride"), m.Get("padding"), m.Get("dilation"), m.Get("groups")], null);
    }

    private static TensorObject Weight(object value, int dims) => value as TensorObject
        ?? throw PyErrors.TypeError($"conv{dims}d(): argument 'weight' (position 2) must be Tensor, not {Py.TypeName(value)}");

    private static TensorObject Convolve(ModuleObject m, TensorObject input, TensorObject weight, TensorObject? bias, int dims)
    {
        var op = $"conv{dims}d";
        var stride = Ints(m.Get("stride"), op, "stride");
        var dilation = Ints(m.Get("dilation"), op, "dilation");
        var groups = m.Long("groups");
        var mode = m.Text("padding_mode");
        if (m.Get("padding") is string text)
        {
            if (mode == "zeros")
                return Aten.Call($"{op}.padding", input, weight, bias, stride, text, dilation, groups);
            var kernel = Ints(m.Get("kernel_size"), op, "kernel_size");
            var same = new List<long>();
            for (var i = dims - 1; i >= 0; i--)
            {
                var total = text == "same" ? dilation[i] * (kernel[i] - 1) : 0;
                same.Add(total / 2);
                same.Add(total - total / 2);
            }

            return Aten.Call(op, Padding.Pad(input, [.. same], mode, 0), weight, bias, stride, new long[dims], dilation, groups);
        }

        var padding = Ints(m.Get("padding"), op, "padding");
        if (mode == "zeros")
            return Aten.Call(op, input, weight, bias, stride, padding, dilation, groups);
        var both = padding.Reverse().SelectMany(p => new[] { p, p }).ToArray();
        return Aten.Call(op, Padding.Pad(input, both, mode, 0), weight, bias, stride, new long[dims], dilation, groups);
    }

    private static TensorObject ConvolveTransposed(ModuleObject m, TensorObject input, int dims, object outputSize)
    {
        var op = $"conv_transpose{dims}d";
        var stride = Ints(m.Get("stride"), op, "stride");
        var padding = Ints(m.Get("padding"), op, "padding");
        var dilation = Ints(m.Get("dilation"), op, "dilation");
        var output = Ints(m.Get("output_padding"), op, "output_padding");
        if (outputSize is not PyNone)
        {
            var wanted = Ints(outputSize, op, "output_size");
            var kernel = Ints(m.Get("kernel_size"), op, "kernel_size");
            var spatial = input.Shape[^dims..];
            wanted = wanted.Length > dims ? wanted[^dims..] : wanted;
            for (var i = 0; i < dims; i++)
            {
                var least = (spatial[i] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel[i] - 1) + 1;
                if (wanted[i] < least || wanted[i] > least + stride[i] - 1)
                    throw PyErrors.ValueError($"requested an output size of {Py.Repr(PyTuple.OfInts(wanted))}, but valid sizes range from {least} to {least + stride[i] - 1} (for an input of {Py.Repr(SizeObject.Of(spatial))})");
                output[i] = wanted[i] - least;
            }
        }

        return Aten.Call(dims == 1 ? op : $"{op}.input", input, m.Parameter("weight"), m.Parameter("bias"), stride, padding, output, m.Long("groups"), dilation);
    }

    private static string ConvText(ModuleObject m)
    {
        var text = $"{Show(m, "in_channels")}, {Show(m, "out_channels")}, kernel_size={Show(m, "kernel_size")}, stride={Show(m, "stride")}";
        if (m.Get("padding") is string || ((PyTuple)m.Get("padding")).Items.Any(p => p is not 0L))
            text += $", padding={Py.Str(m.Get("padding"))}";
        if (m.Get("dilation") is PyTuple dilation && dilation.Items.Any(d => d is not 1L))
            text += $", dilation={Show(m, "dilation")}";
        if (m.Get("output_padding") is PyTuple output && output.Items.Any(p => p is not 0L))
            text += $", output_padding={Show(m, "output_padding")}";
        if (m.Long("groups") != 1)
            text += $", groups={Show(m, "groups")}";
        if (m.Parameter("bias") is null)
            text += ", bias=False";
        if (m.Text("padding_mode") != "zeros")
            text += $", padding_mode={m.Text("padding_mode")}";
        return text;
    }
}
