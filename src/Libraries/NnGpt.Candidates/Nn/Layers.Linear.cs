using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineLinear()
    {
        Layer("Identity", "linear", "*args, **kwargs", (m, _) => m.Attributes?.Clear(), "input", (_, a) => a[1]);
        var linear = Layer("Linear", "linear", "in_features, out_features, bias=True, device=None, dtype=None", (m, a) =>
        {
            NewParameter("weight", m, a[5], a[2], a[1]);
            if (a.Bool(3))
                NewParameter("bias", m, a[5], a[2]);
            else
                NoParameter(m, "bias");
            Py.CallMethod(m, "reset_parameters");
        }, "input", (m, a) => Aten.Call("linear", Input(a[1], "linear"), m.Parameter("weight"), m.Parameter("bias")),
            m => $"in_features={Show(m, "in_features")}, out_features={Show(m, "out_features")}, bias={Py.Repr(Py.Bool(m.Parameter("bias") is not null))}");
        linear.Method("reset_parameters", "self", a =>
        {
            ResetWeightAndBias((ModuleObject)a[0], alwaysBias: true);
            return null;
        });
        var bilinear = Layer("Bilinear", "linear", "in1_features, in2_features, out_features, bias=True, device=None, dtype=None", (m, a) =>
        {
            NewParameter("weight", m, a[6], a[3], a[1], a[2]);
            if (a.Bool(4))
                NewParameter("bias", m, a[6], a[3]);
            else
                NoParameter(m, "bias");
            Py.CallMethod(m, "reset_parameters");
        }, "input1, input2", (m, a) => Aten.Call("bilinear", Input(a[1], "bilinear"), Input(a[2], "bilinear"), m.Parameter("weight"), m.Parameter("bias")),
            m => $"in1_features={Show(m, "in1_features")}, in2_features={Show(m, "in2_features")}, out_features={Show(m, "out_features")}, bias={Py.Repr(Py.Bool(m.Parameter("bias") is not null))}");
        bilinear.Method("reset_parameters", "self", a =>
        {
            var m = (ModuleObject)a[0];
            var bound = 1 / Math.Sqrt(m.Parameter("weight")!.Shape[1]);
            Initialization.Uniform(m.Parameter("weight")!, -bound, bound);
            if (m.Parameter("bias") is { } bias)
                Initialization.Uniform(bias, -bound, bound);
            return null;
        });
    }

    // Linear and the convolutions: kaiming_uniform(a=sqrt(5)), the bias uniform within 1/sqrt(fan_in).
    private static void ResetWeightAndBias(ModuleObject self, bool alwaysBias)
    {
        var weight = self.Parameter("weight")!;
        Initialization.KaimingUniform(weight, Math.Sqrt(5));
        if (self.Parameter("bias") is not { } bias)
            return;
        var (fanIn, _) = Initialization.Fans(weight);
        if (fanIn == 0 && !alwaysBias)
            return;
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        Initialization.Uniform(bias, -bound, bound);
    }
}
