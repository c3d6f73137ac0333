namespace NnGpt.Corpus.Records;

/// <summary>One measured accuracy of a network.</summary>
/// <param name="Accuracy">Share of images classified rightly, 0..1.</param>
public sealed record TrainingResult(double Accuracy)
{
    /// <summary>For example <c>img-classification</c>; null when it is not known.</summary>
    public string? Task { get; init; }

    /// <summary>For example <c>cifar-10</c>; null when it is not known.</summary>
    public string? DataSet { get; init; }

    /// <summary>After so many epochs; null when it is not known.</summary>
    public int? Epoch { get; init; }

    /// <summary>Name of the image transformation; null when it is not known.</summary>
    public string? Transform { get; init; }

    /// <summary>The <c>prm</c> it was trained with: lr, momentum, batch, ...; sorted by name.</summary>
    public IReadOnlyDictionary<string, double> Hyperparameters { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);
}
