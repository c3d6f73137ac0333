using System.Text.Json;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Llama;

/// <summary>A model that others trained, against logits of an independent float64 implementation.</summary>
public sealed class Stories260KTests
{
    private static readonly string? s_directory = Environment.GetEnvironmentVariable("NNGPT_DATA") is { } data ? Path.Combine(data, "stories260K") : null;

    [Fact]
    public void Logits_OfTheReferenceTokens_AreThoseOfTheReference()
    {
        JsonElement reference = Reference();
        int[] tokens = Ints(reference, "tokens");
        using LlamaModel model = LlamaModel.Load(s_directory!, Dtype.Float32);
        float[] logits = model.Logits(tokens);
        Assert.Equal(tokens.Length * 512, logits.Length);
        AssertClose(Floats(reference, "logits_pos0"), logits[..512]);
        AssertClose(Floats(reference, "logits_last"), logits[^512..]);
    }

    [Fact]
    public void Sample_Greedily_GivesTheReferenceTokens()
    {
        int[] tokens = Ints(Reference(), "tokens");
        using LlamaModel model = LlamaModel.Load(s_directory!, Dtype.Float32);
        Completion completion = model.Sample([new SamplingRequest([1], 0)], new SamplingOptions { Temperature = 0, MaxNewTokens = tokens.Length - 1 }, null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(tokens[1..], completion.Tokens);
        Assert.Equal(FinishReason.Length, completion.FinishReason);
    }

    private static JsonElement Reference()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(s_directory ?? string.Empty, "reference.json")), "NNGPT_DATA/stories260K is not there");
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(s_directory!, "reference.json"))).RootElement;
    }

    private static int[] Ints(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static item => item.GetInt32())];

    private static float[] Floats(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static item => item.GetSingle())];

    private static void AssertClose(float[] expected, float[] actual)
    {
        double difference = expected.Zip(actual, static (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference < 1e-4, $"logits differ by {difference}");
    }
}
