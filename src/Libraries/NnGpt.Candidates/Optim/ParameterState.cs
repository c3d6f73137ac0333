using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Torch;

namespace NnGpt.Candidates.Optim;

/// <summary>What an optimiser remembers of one parameter.</summary>
internal sealed class ParameterState
{
    private readonly Dictionary<string, TensorObject> _tensors = new(StringComparer.Ordinal);

    /// <summary>Number of steps so far.</summary>
    public long Step { get; set; }

    /// <summary>A product that some optimisers keep.</summary>
    public double Product { get; set; } = 1;

    /// <summary>A remembered tensor, made on first use.</summary>
    public Tensor Get(string name, Func<Tensor> make)
    {
        if (_tensors.TryGetValue(name, out var known))
            return known.Tensor;
        var made = TensorScope.Detach(make());
        _tensors[name] = CandidateSession.Current.Wrap(made);
        return made;
    }

    public bool Has(string name) => _tensors.ContainsKey(name);
}
