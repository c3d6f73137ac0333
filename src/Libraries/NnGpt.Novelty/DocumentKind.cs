namespace NnGpt.Novelty;

/// <summary>Where a document of the index comes from.</summary>
public enum DocumentKind
{
    /// <summary>The base corpus.</summary>
    Corpus,

    /// <summary>A candidate that was admitted.</summary>
    Admitted,
}
