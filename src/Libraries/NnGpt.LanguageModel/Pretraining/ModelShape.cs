namespace NnGpt.LanguageModel.Pretraining;

/// <summary>Size of the embedded LLaMA-style decoder.</summary>
public sealed record ModelShape
{
    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of the gated feed-forward layer.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Number of layers.</summary>
    public int Layers { get; init; } = 6;

    /// <summary>Number of attention heads.</summary>
    public int Heads { get; init; } = 6;
}
