using NnGpt.LanguageModel.Sampling;

namespace NnGpt.LanguageModel.Tests.Sampling;

public sealed class TokenSamplerTests
{
    // Probabilities .4, .3, .2, .1 at temperature 1, shuffled over six tokens of which two never occur.
    private static readonly float[] s_logits = [MathF.Log(0.2f), -100, MathF.Log(0.4f), MathF.Log(0.1f), -100, MathF.Log(0.3f)];

    [Theory]
    [InlineData(1.0, 0, 1.0, new[] { 0.2, 0, 0.4, 0.1, 0, 0.3 })]
    [InlineData(0.5, 0, 1.0, new[] { 0.04 / 0.3, 0, 0.16 / 0.3, 0.01 / 0.3, 0, 0.09 / 0.3 })]
    [InlineData(1.0, 2, 1.0, new[] { 0, 0, 0.4 / 0.7, 0, 0, 0.3 / 0.7 })]
    [InlineData(1.0, 0, 0.65, new[] { 0, 0, 0.4 / 0.7, 0, 0, 0.3 / 0.7 })]
    [InlineData(1.0, 0, 0.85, new[] { 0.2 / 0.9, 0, 0.4 / 0.9, 0, 0, 0.3 / 0.9 })]
    [InlineData(1.0, 3, 0.5, new[] { 0, 0, 0.4 / 0.7, 0, 0, 0.3 / 0.7 })]
    [InlineData(0.0, 0, 1.0, new[] { 0, 0, 1.0, 0, 0, 0 })]
    public void Draw_ManyTimes_HasTheProbabilitiesOfTheOptions(double temperature, int topK, double topP, double[] expected)
    {
        const int Draws = 20000;
        TokenSampler sampler = new(new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP }, 11);
        var counts = new int[s_logits.Length];
        var scratch = new float[s_logits.Length];
        var order = new int[s_logits.Length];
        for (int i = 0; i < Draws; i++)
        {
            (int token, double logProbability) = sampler.Draw(s_logits, scratch, order);
            counts[token]++;
            Assert.Equal(s_logits[token], logProbability, 1e-5);
        }
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], counts[i] / (double)Draws, 0.015);
        }
    }
}
