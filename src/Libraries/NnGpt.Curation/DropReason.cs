namespace NnGpt.Curation;

/// <summary>Why a record was not kept.</summary>
public enum DropReason
{
    /// <summary>Its text is that of an earlier record.</summary>
    Exact,

    /// <summary>It is a near-duplicate of a kept record.</summary>
    Near,

    /// <summary>It breaks the candidate contract.</summary>
    Contract,
}
