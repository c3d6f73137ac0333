using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.nn.utils.</summary>
internal static class UtilsModule
{
    public static readonly PyModule Utils = DefineUtils();

    private static PyModule DefineUtils()
    {
        var module = new PyModule("torch.nn.utils");
        foreach (var name in (string[])["clip_grad_norm_", "clip_grad_norm"])
        {
            module.Function(name, "parameters, max_norm, norm_type=2.0, error_if_nonfinite=False", a =>
                ClipNorm(Tensors(a[0]), a.Double(1), a[2], a.Bool(3)));
        }

        module.Function("clip_grad_value_", "parameters, clip_value", a =>
        {
            foreach (var parameter in Tensors(a[0]))
            {
                using var gradient = parameter.Gradient;
                if (gradient is not null)
                    Aten.Guard(() => Operators.Get("clamp_").CallInPlace(gradient, -a.Double(1), a.Double(1)));
            }

            return null;
        });
        module.Function("parameters_to_vector", "parameters", a =>
            Aten.Call("cat", Tensors(a[0]).Select(p => (Tensor?)Aten.Call("reshape", p, new long[] { -1 }).Tensor).ToArray(), 0L));
        module.Function("vector_to_parameters", "vec, parameters", a =>
        {
            var offset = 0L;
            foreach (var parameter in Tensors(a[1]))
            {
                var count = parameter.Tensor.NumElements;
                var part = Aten.Call("view_as", Aten.Call("narrow", a.Tensor(0), 0L, offset, count), parameter);
                TensorClass.SetData(parameter, Aten.Call("detach", part));
                offset += count;
            }

            return null;
        });
        module.Function("weight_norm", "module, name='weight', dim=0", a => WeightNormalization.WeightNorm((ModuleObject)a[0], a.Text(1), a[2]));
        module.Function("spectral_norm", "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None", a =>
            WeightNormalization.SpectralNorm((ModuleObject)a[0], a.Text(1), a.Long(2), a.Double(3), a[4]));
        return module;
    }

    private static List<TensorObject> Tensors(object value) => value is TensorObject single
        ? [single]
        : [.. Py.ToList(value).Select(item => item as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(item)}' object has no attribute 'grad'"))];

    private static TensorObject ClipNorm(List<TensorObject> parameters, double maximum, object kind, bool failIfNonFinite)
    {
        var order = Py.TryText(kind, out var text) && text is "inf" ? double.PositiveInfinity : Py.ToDouble(kind);
        var session = CandidateSession.Current;
        var gradients = parameters.Select(p => p.Gradient).OfType<Tensor>().ToList();
        try
        {
            if (gradients.Count == 0)
                return TensorData.FromPython(0.0);
            return Aten.Guard(() =>
            {
                using var guard = NoGrad.Enter();
                using var scope = new TensorScope();
                if (FastKernels.Enabled && order == 2 && FusedSteps.TryNorm(gradients, out var length))
                {
                    RequireFinite(() => length);
                    if (maximum / (length + 1e-6) is var factor and not >= 1)
                        gradients.ForEach(gradient => gradient.MulInPlace(factor));
                    return session.Wrap(TensorScope.Detach(Operators.Get("scalar_tensor").Call(length)));
                }

                var norm = Operators.Get("linalg_vector_norm");
                var norms = gradients.Select(g => (Tensor?)norm.Call(g, order)).ToArray();
                var total = double.IsPositiveInfinity(order)
                    ? norms.Length == 1 ? norms[0]! : Operators.Get("max").Call(Operators.Get("stack").Call(norms))
                    : norm.Call(Operators.Get("stack").Call(norms), order);
                RequireFinite(() => total.Item<double>());
                var coefficient = Operators.Get("mul", "Scalar").Call(Operators.Get("reciprocal").Call(Operators.Get("add", "Scalar").Call(total, 1e-6)), maximum);
                var clamped = Operators.Get("clamp").Call(coefficient, Argument.None, 1.0);
                foreach (var gradient in gradients)
                    Operators.Get("mul_", "Tensor").CallInPlace(gradient, clamped);
                return session.Wrap(TensorScope.Detach(total));
            });
        }
        finally
        {
            foreach (var gradient in gradients)
                gradient.Dispose();
        }

        void RequireFinite(Func<double> norm)
        {
            if (failIfNonFinite && !double.IsFinite(norm()))
                throw PyErrors.RuntimeError($"The total norm of order {order} for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`");
        }
    }
}
