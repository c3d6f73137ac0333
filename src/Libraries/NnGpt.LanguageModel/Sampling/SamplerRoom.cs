namespace NnGpt.LanguageModel.Sampling;

/// <summary>Buffers of a vocabulary's size that draws share.</summary>
internal sealed class SamplerRoom(int vocabulary)
{
    /// <summary>Weights while a token is drawn.</summary>
    public float[] Weights { get; } = new float[vocabulary];

    /// <summary>Token ids by weight.</summary>
    public int[] Order { get; } = new int[vocabulary];

    /// <summary>Largest weights of blocks of two tokens or more.</summary>
    public float[] Maxima { get; } = new float[vocabulary / 2];
}
