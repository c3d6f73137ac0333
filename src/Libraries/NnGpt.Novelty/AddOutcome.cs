namespace NnGpt.Novelty;

/// <summary>What became of a document that was to be added.</summary>
public enum AddOutcome
{
    /// <summary>It is in.</summary>
    Added,

    /// <summary>It was in already.</summary>
    WasThere,

    /// <summary>The index was lost meanwhile: open and fill it again.</summary>
    IndexLost,
}
