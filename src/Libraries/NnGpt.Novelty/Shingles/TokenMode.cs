namespace NnGpt.Novelty.Shingles;

/// <summary>What of a token counts when two sources are compared.</summary>
public enum TokenMode
{
    /// <summary>Its text, as in the paper.</summary>
    Exact,

    /// <summary>
    /// Numbers are all alike, and so are names, except keywords and attributes of anything but <c>self</c>: renamed variables,
    /// parameters, classes, layers and changed sizes make no difference, another operator of torch does.
    /// </summary>
    Normalized,
}
