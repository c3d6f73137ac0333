namespace NnGpt.Corpus.Sampling;

/// <summary>How the feature maps of a network are normalised.</summary>
internal enum Normalization
{
    None,
    Batch,
    Group,
}
