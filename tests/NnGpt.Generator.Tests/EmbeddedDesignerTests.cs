using Microsoft.Extensions.Options;
using NnGpt.Corpus.Chat;
using NnGpt.Generator.Adapters;
using NnGpt.Generator.Designers;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;
using NnGpt.Torch;

namespace NnGpt.Generator.Tests;

/// <summary>The embedded model itself, on a few tokens.</summary>
public sealed class EmbeddedDesignerTests : IDisposable
{
    private static readonly string s_digest = $"sha256:{new string('a', 64)}";
    private readonly string _cache = Directory.CreateTempSubdirectory("nngpt-generator-").FullName;

    private static string ModelDirectory => Path.Combine(AppContext.BaseDirectory, "model");

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task Design_TheSameSeeds_GivesTheSameTextsInAnyBatch()
    {
        using var designer = Create();

        var three = await DesignAsync(designer, "", 1, 2, 3);
        var one = await DesignAsync(designer, "", 2);

        Assert.Equal(three[1].Text, one[0].Text);
        Assert.NotEqual(three[0].Text, three[1].Text);
        Assert.Equal((ulong)2, one[0].Origin.Seed);
        Assert.Equal("length", one[0].Origin.FinishReason);
        Assert.Equal(24, one[0].Origin.CompletionTokens);
    }

    [Fact]
    public async Task Design_AnotherAdapter_IsTakenUpAndLeftAgain()
    {
        using var designer = Create();
        SaveAdapter(Path.Combine(_cache, "adapters", ArtifactClient.FileName(s_digest)));

        var plain = await DesignAsync(designer, "", 1);
        var adapted = await DesignAsync(designer, s_digest, 1);
        Assert.Equal(s_digest, designer.Model.AdapterDigest);
        var plainAgain = await DesignAsync(designer, "", 1);

        Assert.NotEqual(plain[0].Text, adapted[0].Text);
        Assert.Equal(s_digest, adapted[0].Origin.AdapterDigest);
        Assert.Equal(plain[0].Text, plainAgain[0].Text);
    }

    private static Task<IReadOnlyList<DesignedText>> DesignAsync(EmbeddedDesigner designer, string adapter, params ulong[] seeds) =>
        designer.DesignAsync(
            new DesignRequest(
                [new ChatMessage(ChatRole.User, "Design a network.")],
                new SamplingSettings { Temperature = 1, TopP = 1, MaxNewTokens = 24 },
                seeds,
                adapter),
            TestContext.Current.CancellationToken);

    // A fresh adapter changes nothing; this one moves every projection.
    private static void SaveAdapter(string directory)
    {
        using var scope = new TensorScope();
        using var adapter = LoraAdapter.Create(new LoraConfig { Rank = 2, Alpha = 8 }, LlamaConfig.Load(ModelDirectory), seed: 1);
        using (NoGrad.Enter())
        {
            foreach (var pair in adapter.Pairs.Values)
                Operators.Get("fill_", "Scalar").Call(pair.B, 0.5);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        adapter.Save(directory);
    }

    private EmbeddedDesigner Create()
    {
        var options = Options.Create(new GeneratorOptions { ModelDirectory = ModelDirectory, CacheDirectory = _cache, MaxBatch = 4, Threads = 1 });
        return new EmbeddedDesigner(options, new AdapterCache(new ArtifactClient(null!, TimeProvider.System), options));
    }
}
