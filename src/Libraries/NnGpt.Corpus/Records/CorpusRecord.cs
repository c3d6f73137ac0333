namespace NnGpt.Corpus.Records;

/// <summary>One network of a corpus that was imported: its source and what is known of it.</summary>
/// <param name="Id">What it is called: a path below the folder it came from, a candidate's id, <c>FILE:LINE</c>.</param>
/// <param name="Source">Python text.</param>
public sealed record CorpusRecord(string Id, string Source)
{
    /// <summary>The architecture family, when whoever wrote the network said so.</summary>
    public string? Family { get; init; }

    /// <summary>What was measured of it, one for each data set.</summary>
    public IReadOnlyList<TrainingResult> Results { get; init; } = [];
}
