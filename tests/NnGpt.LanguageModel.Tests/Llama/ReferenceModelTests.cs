using System.Globalization;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Llama;

/// <summary>Models of random shapes against an independent float64 implementation in PyTorch.</summary>
public sealed class ReferenceModelTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    public static TheoryData<string, Dtype, int> Cases => new()
    {
        { "plain", Dtype.Float32, 1 },
        { "grouped", Dtype.Float32, 3 },
        { "one key head, untied, theta", Dtype.Float32, 1 },
        { "wide heads", Dtype.Float32, 1 },
        { "linear", Dtype.Float32, 1 },
        { "dynamic", Dtype.Float32, 1 },
        { "llama3", Dtype.Float32, 2 },
        { "grouped", Dtype.BFloat16, 2 },
        { "untied", Dtype.Float16, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Logits_OfARandomModel_AreThoseOfTheReference(string kind, Dtype stored, int shards)
    {
        LlamaConfig config = Config(kind);
        using (LlamaWeights weights = LlamaWeights.Initialize(config, 11))
        {
            if (shards > 1)
                Checkpoint.SaveSharded(_directory, weights, stored, shards);
            else
                weights.Save(_directory, stored);
        }
        // Beyond the trained length where the scaling allows it.
        int[] tokens = [.. Enumerable.Range(0, kind is "linear" or "dynamic" ? 75 : 40).Select(i => ((i * 7) + (i * i)) % config.VocabSize)];

        double[] expected = await PythonTorch.NumbersAsync(
            [Path.Combine(AppContext.BaseDirectory, "Llama", "llama_reference.py"), _directory, .. tokens.Select(token => token.ToString(CultureInfo.InvariantCulture))]);
        foreach (bool stack in new[] { true, false })
        {
            using LlamaModel model = new(LlamaWeights.Load(_directory), Dtype.Float32, stack);
            float[] logits = model.Logits(tokens);
            Assert.Equal(expected.Length, logits.Length);
            double difference = expected.Zip(logits, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference < 1e-4, $"{kind}, stacked {stack}: logits differ by {difference}");
        }
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("llama3")]
    [InlineData("dynamic")]
    public void Sample_WithScaledPositions_FollowsTheLogits(string kind)
    {
        using LlamaModel model = new(LlamaWeights.Initialize(Config(kind), 11), Dtype.Float32);
        int[] prompt = [.. Enumerable.Range(0, kind == "dynamic" ? 60 : 10).Select(i => i % 31)];
        IReadOnlyList<int> tokens = model.Sample([new SamplingRequest(prompt, 0)], new SamplingOptions { Temperature = 0, MaxNewTokens = 20 }, null, TestContext.Current.CancellationToken)[0].Tokens;
        Assert.Equal(20, tokens.Count);
        // With dynamic scaling, keys beyond the trained length keep the angle that they were given: the first token is that of the whole prompt.
        int compared = kind == "dynamic" ? 1 : 20;
        for (int i = 0; i < compared; i++)
        {
            float[] logits = model.Logits([.. prompt, .. tokens.Take(i)])[^model.Config.VocabSize..];
            Assert.True(logits.Max() - logits[tokens[i]] < 1e-4);
        }
    }

    [Fact]
    public void Sample_WithDynamicScaling_IsTheSameInAnyBatch()
    {
        using LlamaModel model = new(LlamaWeights.Initialize(Config("dynamic"), 11));
        int[] longPrompt = [.. Enumerable.Range(0, 60).Select(i => i % 31)];
        SamplingRequest[] requests = [new(longPrompt, 1), new(longPrompt[..20], 2), new(longPrompt[..50], 3), new([.. longPrompt, 4], 4), new(longPrompt, 5)];
        SamplingOptions options = new() { Temperature = 1, MaxNewTokens = 30 };
        IReadOnlyList<Completion> together = model.Sample(requests, options, null, TestContext.Current.CancellationToken);
        foreach ((SamplingRequest request, Completion completion) in requests.Zip(together))
        {
            Assert.Equal(model.Sample([request], options, null, TestContext.Current.CancellationToken)[0].Tokens, completion.Tokens);
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static LlamaConfig Config(string kind)
    {
        LlamaConfig config = TinyModel.Config() with { NumKeyValueHeads = null, MaxPositionEmbeddings = 48 };
        return kind switch
        {
            "grouped" => config with { NumKeyValueHeads = 2 },
            "one key head, untied, theta" => config with { NumKeyValueHeads = 1, TieWordEmbeddings = false, RopeTheta = 500000 },
            "wide heads" => config with { HeadDim = 12, NumKeyValueHeads = 2 },
            "untied" => config with { TieWordEmbeddings = false, NumKeyValueHeads = 2 },
            "linear" => config with { RopeScaling = new RopeScaling { Type = "linear", Factor = 4 } },
            "dynamic" => config with { RopeScaling = new RopeScaling { Type = "dynamic", Factor = 2 } },
            "llama3" => config with
            {
                RopeTheta = 50,
                RopeScaling = new RopeScaling { RopeType = "llama3", Factor = 8, LowFrequencyFactor = 1, HighFrequencyFactor = 4, OriginalMaxPositionEmbeddings = 24 },
            },
            _ => config,
        };
    }
}
