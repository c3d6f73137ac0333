namespace NnGpt.Candidates;

/// <summary>What a candidate is validated against.</summary>
public sealed record ValidationRequest
{
    /// <summary>How the network is made.</summary>
    public CandidateContract Contract { get; init; } = CandidateContract.Lemur;

    /// <summary>Batch, channels, height, width of the trial input: the values are linspace(-1, 1).</summary>
    public IReadOnlyList<long> InShape { get; init; } = [2, 3, 32, 32];

    /// <summary>Number of classes.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>
    /// Hyper-parameters. Names that <c>supported_hyperparameters()</c> gives besides these are 0.5.
    /// </summary>
    public IReadOnlyDictionary<string, double> Prm { get; init; } = new Dictionary<string, double>
    {
        ["lr"] = 0.01,
        ["momentum"] = 0.9,
        ["dropout"] = 0.2,
        ["batch"] = 4,
    };

    /// <summary>Seed of torch's generator, set directly before instantiation and again before train_setup.</summary>
    public ulong Seed { get; init; }

    /// <summary>Batches of four images that learn gets; 0 for none.</summary>
    public int LearnSteps { get; init; } = 2;

    /// <summary>Feeds integer tokens (arange(n) * 7 + 1) % Vocabulary instead of floats.</summary>
    public bool IntegerInput { get; init; }

    /// <summary>Vocabulary of integer input.</summary>
    public int Vocabulary { get; init; } = 10;

    /// <summary>
    /// Whether an output or loss that training could not score is a rejection: a shape other than (batch, classes), NaN or
    /// infinity. The loop asks for it; without it, as for a file judged on its own, a network is valid when PyTorch raises
    /// nothing. Plain networks bring their own classes and are never asked.
    /// </summary>
    public bool RequireScorableOutput { get; init; } = true;
}
