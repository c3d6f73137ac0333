using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>weight_norm and spectral_norm: the weight is computed anew before every forward pass.</summary>
internal static class WeightNormalization
{
    public static object WeightNorm(ModuleObject module, string name, object dim)
    {
        if (module.ForwardPreHooks?.Values.Any(hook => hook is NativeFunction { Name: var known } && known == HookName(name) && module.Parameter(name + "_g") is not null) == true)
            throw PyErrors.RuntimeError($"Cannot register two weight_norm hooks on the same parameter {name}");
        var weight = Weight(module, name);
        var along = dim is PyNone ? -1 : Py.ToLong(dim);
        module.Parameters!.Remove(name);
        var norm = along == -1 ? Norms.Norm(weight, 2.0, Py.None, false) : Aten.Call("norm_except_dim", weight, 2L, along);
        module.Parameters.Set(name + "_g", Py.Call(TensorClass.Parameter, Aten.Call("detach", norm)));
        module.Parameters.Set(name + "_v", Py.Call(TensorClass.Parameter, Aten.Call("detach", weight)));
        object Compute() => Aten.Call("_weight_norm", module.Parameter(name + "_v"), module.Parameter(name + "_g"), along);
        module.SetAttribute(name, Compute());
        AddHook(module, name, () => module.SetAttribute(name, Compute()));
        return module;
    }

    public static object SpectralNorm(ModuleObject module, string name, long iterations, double eps, object dim)
    {
        var weight = Weight(module, name);
        var along = dim is PyNone
            ? module.Class.MethodResolutionOrder.Any(c => c.Name.StartsWith("ConvTranspose", StringComparison.Ordinal)) ? 1 : 0
            : Py.ToLong(dim);
        TensorObject Matrix(TensorObject w)
        {
            if (along != 0)
                w = Aten.Call("permute", w, (long[])[along, .. Enumerable.Range(0, w.Dim).Select(d => (long)d).Where(d => d != along)]);
            return Aten.Call("reshape", w, new long[] { w.Shape[0], -1 });
        }

        TensorObject Unit(TensorObject v) => Functional.Normalizations.Normalize(v, 2, Py.Int(0), eps);
        var matrix = Matrix(weight);
        using (NoGrad.Enter())
        {
            var u = Unit(Aten.InPlace("normal_", Aten.Call("empty.memory_format", new long[] { matrix.Shape[0] }), 0.0, 1.0));
            var v = Unit(Aten.InPlace("normal_", Aten.Call("empty.memory_format", new long[] { matrix.Shape[1] }), 0.0, 1.0));
            module.Parameters!.Remove(name);
            module.Parameters.Set(name + "_orig", weight);
            module.Buffers!.Set(name + "_u", u);
            module.Buffers.Set(name + "_v", v);
        }

        module.SetAttribute(name, Aten.Call("detach", weight));
        AddHook(module, name, () =>
        {
            var original = module.Parameter(name + "_orig")!;
            var flat = Matrix(original);
            var (u, v) = (module.Buffer(name + "_u")!, module.Buffer(name + "_v")!);
            if (module.Training)
            {
                using var guard = NoGrad.Enter();
                for (long i = 0; i < iterations; i++)
                {
                    Aten.InPlace("copy_", v, Unit(Aten.Call("mv", Aten.Call("t", flat), u)));
                    Aten.InPlace("copy_", u, Unit(Aten.Call("mv", flat, v)));
                }

                u = Aten.Call("clone", u);
                v = Aten.Call("clone", v);
            }

            var sigma = Aten.Call("dot", u, Aten.Call("mv", flat, v));
            module.SetAttribute(name, Aten.Call("div.Tensor", original, sigma));
        });
        return module;
    }

    private static TensorObject Weight(ModuleObject module, string name) =>
        module.Parameter(name) ?? throw PyErrors.NoAttribute(module, name);

    private static string HookName(string name) => "normalize_" + name;

    private static void AddHook(ModuleObject module, string name, Action compute)
    {
        module.ForwardPreHooks ??= new PyDict();
        module.ForwardPreHooks.Set(Py.Int(module.ForwardPreHooks.Count), new NativeFunction(HookName(name), "module, inputs", _ =>
        {
            compute();
            return null;
        }));
    }
}
