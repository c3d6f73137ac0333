namespace NnGpt.Candidates;

/// <summary>One epoch of training and the measurement after it.</summary>
public sealed record TrainingRequest
{
    /// <summary>Batch, channels, height, width, as the network's in_shape.</summary>
    public required IReadOnlyList<long> InShape { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Hyper-parameters. Names that <c>supported_hyperparameters()</c> gives besides these are 0.5.</summary>
    public required IReadOnlyDictionary<string, double> Prm { get; init; }

    /// <summary>Seed of torch's generator, set before instantiation and again before train_setup.</summary>
    public ulong Seed { get; init; }

    /// <summary>Precision and memory layout; the default gives PyTorch's own figures.</summary>
    public TrainingNumerics Numerics { get; init; }

    /// <summary>The batches that learn iterates over once.</summary>
    public required BatchSource Training { get; init; }

    /// <summary>The batches (of 256, say) that accuracy is measured on, in eval mode without gradients.</summary>
    public required BatchSource Evaluation { get; init; }

    /// <summary>Called after every backward() with its number from 1 and the loss.</summary>
    public Action<int, double>? Progress { get; init; }
}
