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
        TokenSampler sampler = new(new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP }, new SamplingRequest([0], 11));
        var counts = new int[s_logits.Length];
        SamplerRoom room = new(s_logits.Length);
        for (int i = 0; i < Draws; i++)
        {
            (int token, double logProbability) = sampler.Draw([.. s_logits], room)!.Value;
            counts[token]++;
            Assert.Equal(s_logits[token], logProbability, 1e-5);
        }
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], counts[i] / (double)Draws, 0.015);
        }
    }

    [Theory]
    [InlineData(997, 1)]
    [InlineData(997, 5)]
    [InlineData(1024, 50)]
    [InlineData(1024, 300)]
    public void Draw_TopKOfALargerVocabulary_TakesExactlyTheLargest(int vocabulary, int topK)
    {
        Random random = new(topK);
        float[] logits = [.. Enumerable.Range(0, vocabulary).Select(_ => random.NextSingle() * 8)];
        TokenSampler sampler = new(new SamplingOptions { Temperature = 100, TopK = topK }, new SamplingRequest([0], 11));
        SamplerRoom room = new(vocabulary);
        // At this temperature the k tokens are all but equally likely: in 40 k draws each of them occurs.
        var drawn = Enumerable.Range(0, 40 * topK).Select(_ => sampler.Draw([.. logits], room)!.Value.Token).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, vocabulary).OrderByDescending(i => logits[i]).Take(topK).Order(), drawn);
    }

    [Fact]
    public void Draw_GuideRefusesTokens_OthersKeepTheirRelativeProbabilities()
    {
        const int Draws = 20000;
        TokenSampler sampler = new(new SamplingOptions { Temperature = 1 }, new SamplingRequest([0], 11, new Refusing(2, 3)));
        var counts = new int[s_logits.Length];
        for (int i = 0; i < Draws; i++)
        {
            counts[sampler.Draw([.. s_logits], new SamplerRoom(s_logits.Length))!.Value.Token]++;
        }
        Assert.Equal([0, 0], [counts[2], counts[3]]);
        Assert.Equal(0.4, counts[0] / (double)Draws, 0.015);
        Assert.Equal(0.6, counts[5] / (double)Draws, 0.015);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0, 0.5)]
    public void Draw_GuideRefusesEveryToken_GivesNone(double temperature, double topP)
    {
        SamplingOptions options = new() { Temperature = temperature, TopP = topP };
        TokenSampler sampler = new(options, new SamplingRequest([0], 11, new Refusing(0, 1, 2, 3, 4, 5)));
        Assert.Null(sampler.Draw([.. s_logits], new SamplerRoom(s_logits.Length)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Draw_LogitsThatAreNoNumbers_SaysSo(float wrong)
    {
        TokenSampler sampler = new(new SamplingOptions(), new SamplingRequest([0], 11));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => sampler.Draw([0, wrong, 1], new SamplerRoom(3)));
        Assert.Contains("damaged", error.Message);
    }

    [Fact]
    public void Draw_WithRepetitionPenalty_TreatsPromptAndCompletionAlike()
    {
        SamplingOptions options = new() { Temperature = 0, RepetitionPenalty = 2 };
        TokenSampler sampler = new(options, new SamplingRequest([0], 0));
        SamplerRoom room = new(4);
        // 0 is in the prompt: 3 / 2 loses to 2; then 1 has been drawn: 2 / 2 loses to 3 / 2.
        Assert.Equal(1, sampler.Draw([3, 2, 1.2f, -1], room)!.Value.Token);
        Assert.Equal(0, sampler.Draw([3, 2, 1.2f, -1], room)!.Value.Token);
    }

    [Fact]
    public void Draw_WithOpenAiPenalties_CountsTheCompletionOnly()
    {
        SamplingOptions options = new() { Temperature = 0, PresencePenalty = 0.5, FrequencyPenalty = 0.4 };
        TokenSampler sampler = new(options, new SamplingRequest([0], 0));
        SamplerRoom room = new(2);
        float[] logits = [2, 1];
        int[] drawn = [.. Enumerable.Range(0, 4).Select(_ => sampler.Draw([.. logits], room)!.Value.Token)];
        // 2; then 2 - .5 - .4 = 1.1; then 2 - .5 - .8 = .7 loses to 1; then 1 - .9 = .1 loses to .7.
        Assert.Equal([0, 0, 1, 0], drawn);
    }

    private sealed class Refusing(params int[] tokens) : ICompletionGuide
    {
        public bool Allows(int token) => !tokens.Contains(token);

        public FinishReason? Accept(int token) => null;
    }
}
