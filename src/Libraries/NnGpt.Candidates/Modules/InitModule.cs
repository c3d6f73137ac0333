using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.nn.init.</summary>
internal static class InitModule
{
    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch.nn.init");
        void Function(string name, string signature, NativeCode code)
        {
            module.Function(name + "_", signature, code);
            // The names without an underscore are deprecated but work.
            if (name is not ("trunc_normal" or "zeros" or "ones"))
                module.Function(name, signature, code);
        }

        TensorObject In(NativeArguments a) => a[0] is TensorObject { IsLazy: true } ? a.Tensor(0) : a[0] as TensorObject
            ?? throw PyErrors.AttributeError($"'{Py.TypeName(a[0])}' object has no attribute 'dim'");
        Function("uniform", "tensor, a=0.0, b=1.0", a => Initialization.Uniform(In(a), a.Double(1), a.Double(2)));
        Function("normal", "tensor, mean=0.0, std=1.0", a => Initialization.Normal(In(a), a.Double(1), a.Double(2)));
        Function("trunc_normal", "tensor, mean=0.0, std=1.0, a=-2.0, b=2.0", a => Initialization.TruncatedNormal(In(a), a.Double(1), a.Double(2), a.Double(3), a.Double(4)));
        Function("constant", "tensor, val", a => Initialization.Fill(In(a), a.Double(1)));
        Function("zeros", "tensor", a => Initialization.Fill(In(a), 0));
        Function("ones", "tensor", a => Initialization.Fill(In(a), 1));
        Function("eye", "tensor", a => Initialization.Eye(In(a)));
        Function("dirac", "tensor, groups=1", a => Initialization.Dirac(In(a), a.Long(1)));
        Function("xavier_uniform", "tensor, gain=1.0", a => Initialization.XavierUniform(In(a), a.Double(1)));
        Function("xavier_normal", "tensor, gain=1.0", a => Initialization.XavierNormal(In(a), a.Double(1)));
        Function("kaiming_uniform", "tensor, a=0, mode='fan_in', nonlinearity='leaky_relu'", a => Initialization.KaimingUniform(In(a), a.Double(1), a.Text(2), a.Text(3)));
        Function("kaiming_normal", "tensor, a=0, mode='fan_in', nonlinearity='leaky_relu'", a => Initialization.KaimingNormal(In(a), a.Double(1), a.Text(2), a.Text(3)));
        Function("orthogonal", "tensor, gain=1", a => Initialization.Orthogonal(In(a), a.Double(1)));
        Function("sparse", "tensor, sparsity, std=0.01", a => Initialization.Sparse(In(a), a.Double(1), a.Double(2)));
        module.Function("calculate_gain", "nonlinearity, param=None", a => Initialization.Gain(a.Text(0), a.IsNone(1) ? null : a.Double(1)));
        module.Function("_calculate_fan_in_and_fan_out", "tensor", a =>
        {
            var (fanIn, fanOut) = Initialization.Fans(In(a));
            return PyTuple.OfInts([fanIn, fanOut]);
        });
        module.Function("_calculate_correct_fan", "tensor, mode", a =>
        {
            var (fanIn, fanOut) = Initialization.Fans(In(a));
            return Py.Int(a.Text(1) == "fan_in" ? fanIn : fanOut);
        });
        module.Function("_no_grad_uniform_", "tensor, a, b", a => Initialization.Uniform(In(a), a.Double(1), a.Double(2)));
        module.Function("_no_grad_normal_", "tensor, mean, std", a => Initialization.Normal(In(a), a.Double(1), a.Double(2)));
        module.Function("_no_grad_trunc_normal_", "tensor, mean, std, a, b", a => Initialization.TruncatedNormal(In(a), a.Double(1), a.Double(2), a.Double(3), a.Double(4)));
        module.Function("_no_grad_fill_", "tensor, val", a => Initialization.Fill(In(a), a.Double(1)));
        module.Function("_no_grad_zero_", "tensor", a => Initialization.Fill(In(a), 0));
        return module;
    }
}
