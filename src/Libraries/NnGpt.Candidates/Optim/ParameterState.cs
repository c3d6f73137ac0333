using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Optim;

/// <summary>What an optimiser remembers of one parameter: the entries of its state[parameter], which candidates see and change.</summary>
internal sealed class ParameterState
{
    private static readonly Operator s_add = Operators.Get("add_", "Scalar");
    private static readonly Operator s_scalar = Operators.Get("scalar_tensor");
    private PyDict _values = new();
    private long _step;

    public ParameterState(PyDict values) => Load(values);

    /// <summary>Number of steps so far; candidates see it as a tensor.</summary>
    public long Step
    {
        get => _step;
        set
        {
            _step = value;
            s_add.CallInPlace(Get("step", () => s_scalar.Call(value - 1.0)), 1.0);
        }
    }

    /// <summary>A product that some optimisers keep.</summary>
    public double Product { get; set; } = 1;

    /// <summary>Goes on from other entries.</summary>
    public void Load(PyDict values)
    {
        _values = values;
        _step = values.GetOrNull("step") is { } step ? (long)Py.ToDouble(step) : 0;
    }

    /// <summary>A remembered tensor, made on first use.</summary>
    public Tensor Get(string name, Func<Tensor> make)
    {
        if (_values.GetOrNull(name) is TensorObject known)
            return known.Tensor;
        var made = TensorScope.Detach(make());
        _values.Set(name, CandidateSession.Current.Wrap(made));
        return made;
    }

    public bool Has(string name) => _values.GetOrNull(name) is TensorObject;
}
