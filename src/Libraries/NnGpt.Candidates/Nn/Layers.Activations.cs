using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineActivations()
    {
        static LayerInit None() => (_, _) => { };
        static string InPlace(ModuleObject m) => m.Bool("inplace") ? "inplace=True" : "";

        void Plain(string name, string op) =>
            Layer(name, "activation", "", None(), "input", (m, a) => Aten.Call(op, Input(a[1], op)));
        void WithInPlace(string name, string op, PyClass? parent = null) => Layer(name, "activation", "inplace=False", None(), "input", (m, a) =>
            m.Bool("inplace") ? Aten.InPlace(op + "_", Input(a[1], op)) : Aten.Call(op, Input(a[1], op)), parent is null ? InPlace : null, parent);

        WithInPlace("ReLU", "relu");
        WithInPlace("SiLU", "silu");
        WithInPlace("Mish", "mish");
        foreach (var (name, op) in ((string, string)[])[("Hardswish", "hardswish"), ("Hardsigmoid", "hardsigmoid")])
        {
            Layer(name, "activation", "inplace=False", None(), "input", (m, a) =>
                m.Bool("inplace") ? Aten.InPlace(op + "_", Input(a[1], op)) : Aten.Call(op, Input(a[1], op)));
        }

        WithInPlace("SELU", "selu");
        Plain("Sigmoid", "sigmoid");
        Plain("Tanh", "tanh");
        Plain("LogSigmoid", "log_sigmoid");
        Layer("Softsign", "activation", "", None(), "input", (m, a) => Activations.Softsign(Input(a[1], "softsign")));
        Layer("Tanhshrink", "activation", "", None(), "input", (m, a) => Activations.Tanhshrink(Input(a[1], "tanhshrink")));
        var hardtanh = Layer("Hardtanh", "activation", "min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None", (m, a) =>
        {
            foreach (var (current, old, given) in ((string, string, object)[])[("min_val", "min_value", a[4]), ("max_val", "max_value", a[5])])
            {
                if (given is not PyNone)
                    m.SetAttribute(current, given);
            }

            if (m.Double("max_val") <= m.Double("min_val"))
                throw PyErrors.AssertionError("");
        }, "input", (m, a) => m.Bool("inplace")
            ? Aten.InPlace("hardtanh_", Input(a[1], "hardtanh"), m.Double("min_val"), m.Double("max_val"))
            : Aten.Call("hardtanh", Input(a[1], "hardtanh"), m.Double("min_val"), m.Double("max_val")),
            m => $"min_val={Show(m, "min_val")}, max_val={Show(m, "max_val")}" + (m.Bool("inplace") ? ", inplace=True" : ""));
        Layer("ReLU6", "activation", "inplace=False", (m, a) =>
        {
            m.SetAttribute("min_val", 0.0);
            m.SetAttribute("max_val", 6.0);
        }, "input", (m, a) => m.Bool("inplace")
            ? Aten.InPlace("hardtanh_", Input(a[1], "hardtanh"), m.Double("min_val"), m.Double("max_val"))
            : Aten.Call("hardtanh", Input(a[1], "hardtanh"), m.Double("min_val"), m.Double("max_val")), InPlace, hardtanh);
        Layer("LeakyReLU", "activation", "negative_slope=0.01, inplace=False", None(), "input", (m, a) => m.Bool("inplace")
            ? Aten.InPlace("leaky_relu_", Input(a[1], "leaky_relu"), m.Double("negative_slope"))
            : Aten.Call("leaky_relu", Input(a[1], "leaky_relu"), m.Double("negative_slope")),
            m => $"negative_slope={Show(m, "negative_slope")}" + (m.Bool("inplace") ? ", inplace=True" : ""));
        foreach (var (name, op) in ((string, string)[])[("ELU", "elu"), ("CELU", "celu")])
        {
            Layer(name, "activation", "alpha=1.0, inplace=False", None(), "input", (m, a) => m.Bool("inplace")
                ? Aten.InPlace(op + "_", Input(a[1], op), m.Double("alpha"))
                : Aten.Call(op, Input(a[1], op), m.Double("alpha")),
                m => $"alpha={Show(m, "alpha")}" + (m.Bool("inplace") ? ", inplace=True" : ""));
        }

        Layer("GELU", "activation", "approximate='none'", None(), "input",
            (m, a) => Aten.Call("gelu", Input(a[1], "gelu"), m.Get("approximate") is string approximate
                ? approximate
                : throw PyErrors.TypeError($"gelu(): argument 'approximate' must be str, not {Py.TypeName(m.Get("approximate"))}")), m => $"approximate={Show(m, "approximate")}");
        Layer("Softplus", "activation", "beta=1, threshold=20", None(), "input",
            (m, a) => Aten.Call("softplus", Input(a[1], "softplus"), m.Double("beta"), m.Double("threshold")),
            m => $"beta={Show(m, "beta")}, threshold={Show(m, "threshold")}");
        foreach (var (name, op) in ((string, string)[])[("Softshrink", "softshrink"), ("Hardshrink", "hardshrink")])
            Layer(name, "activation", "lambd=0.5", None(), "input", (m, a) => Aten.Call(op, Input(a[1], op), m.Double("lambd")), m => Show(m, "lambd"));
        Layer("Threshold", "activation", "threshold, value, inplace=False", None(), "input", (m, a) => m.Bool("inplace")
            ? Aten.InPlace("threshold_", Input(a[1], "threshold"), m.Double("threshold"), m.Double("value"))
            : Aten.Call("threshold", Input(a[1], "threshold"), m.Double("threshold"), m.Double("value")),
            m => $"threshold={Show(m, "threshold")}, value={Show(m, "value")}" + (m.Bool("inplace") ? ", inplace=True" : ""));
        Layer("RReLU", "activation", "lower=0.125, upper=0.3333333333333333, inplace=False", None(), "input", (m, a) =>
            Aten.Call("rrelu", Input(a[1], "rrelu"), m.Double("lower"), m.Double("upper"), m.Training),
            m => $"lower={Show(m, "lower")}, upper={Show(m, "upper")}" + (m.Bool("inplace") ? ", inplace=True" : ""));
        Layer("GLU", "activation", "dim=-1", None(), "input", (m, a) => Aten.Call("glu", Input(a[1], "glu"), m.Long("dim")), m => $"dim={Show(m, "dim")}");
        Layer("PReLU", "activation", "num_parameters=1, init=0.25, device=None, dtype=None", (m, a) =>
            Initialization.Fill(NewParameter("weight", m, a[4], a[1]), m.Double("init")), "input",
            (m, a) => Aten.Call("prelu", Input(a[1], "prelu"), m.Parameter("weight")), m => $"num_parameters={Show(m, "num_parameters")}");
        foreach (var (name, op) in ((string, string)[])[("Softmax", "softmax"), ("LogSoftmax", "log_softmax"), ("Softmin", "softmin")])
        {
            Layer(name, "activation", "dim=None", None(), "input",
                (m, a) => Activations.Softmax(op, InputWith(a[1], op == "softmin" ? "neg" : op), m.Get("dim")), m => name == "Softmin" ? $"dim={Show(m, "dim")}" : $"dim={Show(m, "dim")}");
        }

        Layer("Softmax2d", "activation", "", None(), "input", (m, a) =>
        {
            var input = Input(a[1], "softmax");
            if (input.Dim is not (3 or 4))
                throw PyErrors.AssertionError("Softmax2d requires a 3D or 4D tensor as input");
            return Aten.Call("softmax.int", input, -3L);
        });
    }
}
