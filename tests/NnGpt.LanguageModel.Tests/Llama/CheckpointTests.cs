using System.Text.Json.Nodes;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Llama;

/// <summary>Folders that are not what they should be, and how much memory one takes.</summary>
[Collection(nameof(MemoryMeasured))]
public sealed class CheckpointTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    [Theory]
    [InlineData("model_type", "\"mistral\"", "model_type is 'mistral'")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act is 'gelu'")]
    [InlineData("attention_bias", "true", "attention_bias is true")]
    [InlineData("mlp_bias", "true", "mlp_bias is true")]
    [InlineData("quantization_config", "{\"bits\": 4}", "quantization_config")]
    [InlineData("rope_scaling", "{\"rope_type\": \"yarn\", \"factor\": 2}", "'yarn' is not supported")]
    [InlineData("rope_scaling", "{\"type\": \"linear\", \"factor\": 0}", "factor of rope_scaling is 0")]
    [InlineData("rope_scaling", "{\"rope_type\": \"llama3\", \"factor\": 8}", "needs low_freq_factor")]
    [InlineData("num_key_value_heads", "3", "no multiple of num_key_value_heads")]
    [InlineData("head_dim", "7", "the width of a head is odd")]
    [InlineData("rms_norm_eps", "-1", "rms_norm_eps is -1")]
    [InlineData("head_dim", "0", "the width of a head is not positive")]
    [InlineData("num_attention_heads", "64", "the width of a head is not positive")]
    [InlineData("hidden_size", "\"big\"", "hidden_size")]
    [InlineData("eos_token_id", "[2, 99]", "eos_token_id is outside the vocabulary")]
    [InlineData("intermediate_size", "50", "'model.layers.0.mlp.gate_proj.weight' is (48, 32) where config.json makes it (50, 32)")]
    [InlineData("num_hidden_layers", "3", "the weight 'model.layers.2.input_layernorm.weight' is missing")]
    [InlineData("tie_word_embeddings", "false", "the weight 'lm_head.weight' is missing")]
    public void Load_WithAConfigThatDoesNotFit_SaysWhy(string field, string value, string reason)
    {
        Save();
        Change(field, value);
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => LlamaModel.Load(_directory).Dispose());
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_directory, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", new[] { 2 })]
    [InlineData("[2, 5]", new[] { 2, 5 })]
    [InlineData("null", new int[0])]
    public void Load_EndTokens_AreANumberOrAList(string value, int[] expected)
    {
        Save();
        Change("eos_token_id", value);
        Assert.Equal(expected, LlamaConfig.Load(_directory).EosTokenIds);
        File.WriteAllText(Path.Combine(_directory, "generation_config.json"), """{"eos_token_id": [7, 2]}""");
        Assert.Equal(expected.Union([7, 2]), LlamaConfig.Load(_directory).EosTokenIds);
    }

    [Fact]
    public void Load_ConfigOfTransformers5_IsReadAsUnderTheOldNames()
    {
        Save();
        Change("dtype", "\"bfloat16\"");
        Change("rope_parameters", """{"rope_type": "linear", "factor": 4.0, "rope_theta": 500000.0}""");
        LlamaConfig config = LlamaConfig.Load(_directory);
        Assert.Equal((500_000, RopeScaling.Linear, 4.0, "bfloat16"), (config.RopeTheta, config.RopeScaling?.Kind, config.RopeScaling?.Factor, config.TorchDtype));
        Change("rope_parameters", """{"rope_type": "yarn", "factor": 4.0, "rope_theta": 500000.0}""");
        Assert.Contains("'yarn' is not supported", Assert.Throws<InvalidDataException>(() => LlamaConfig.Load(_directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithTooLittleMemory_SaysHowMuchAndLoadsNothing()
    {
        Save();
        InsufficientMemoryException failure = Assert.Throws<InsufficientMemoryException>(() => LlamaModel.Load(_directory, Dtype.Float32, availableMemory: 20_000));
        long bytes = TinyModel.Config().ParameterCount * 4;
        Assert.Equal($"{_directory}: the weights need, in float32, {SystemMemory.Figure(bytes)}; 0 MB are available", failure.Message);
    }

    [Fact]
    public void Sample_WithLittleRoomForKeysAndValues_ComputesFewerTogetherOrRefuses()
    {
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config() with { MaxPositionEmbeddings = 100_000 }, 1));
        SamplingRequest[] requests = [.. Enumerable.Range(0, 5).Select(i => new SamplingRequest([3, i], (ulong)i))];
        // A token has 2 layers x 2 heads x 8 x 2 x 2 bytes = 128 bytes.
        SamplingOptions options = new() { MaxNewTokens = 10, CacheMegabytes = 1 };
        Assert.Equal(5, model.Sample(requests, options, null, TestContext.Current.CancellationToken).Count);
        options.MaxNewTokens = 20_000;
        InsufficientMemoryException failure = Assert.Throws<InsufficientMemoryException>(() => model.Sample(requests, options, null, TestContext.Current.CancellationToken));
        Assert.Equal("keys and values of a sequence of 20002 tokens need 3 MB; 1 MB are available", failure.Message);
    }

    [Fact]
    public void Load_OfALargeShardedCheckpoint_TakesNoMemoryOfItsOwn()
    {
        LlamaConfig config = new()
        {
            VocabSize = 32_000,
            HiddenSize = 1024,
            IntermediateSize = 2816,
            NumHiddenLayers = 7,
            NumAttentionHeads = 16,
            NumKeyValueHeads = 4,
            MaxPositionEmbeddings = 256,
        };
        using (LlamaWeights weights = LlamaWeights.Initialize(config, 1))
        {
            Checkpoint.SaveSharded(_directory, weights, Dtype.BFloat16, 3);
        }
        long stored = config.ParameterCount * 2;
        long before = Status("RssAnon");
        using LlamaModel model = LlamaModel.Load(_directory);
        Completion completion = model.Sample([new SamplingRequest([1, 2, 3], 0)], new SamplingOptions { MaxNewTokens = 4 }, null, TestContext.Current.CancellationToken)[0];
        long own = Status("RssAnon") - before;
        (long mapped, long copied) = Mapped();

        Assert.Equal(4, completion.Tokens.Count);
        Assert.True(stored > 250_000_000, $"{stored}");
        // Of the embeddings only the pages of the tokens in use were read.
        long used = stored - (config.VocabSize * config.HiddenSize * 2L);
        Assert.True(mapped > used * 0.95, $"of {used} bytes only {mapped} are pages of the files");
        Assert.True(copied == 0, $"{copied} bytes of the files' pages were copied");
        Assert.True(own < stored / 5, $"{own} bytes of memory of its own for weights of {stored}");
        TestContext.Current.SendDiagnosticMessage($"weights {stored}, pages of the files {mapped}, own memory {own}");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Save()
    {
        using LlamaWeights weights = LlamaWeights.Initialize(TinyModel.Config(), 1);
        weights.Save(_directory);
    }

    private void Change(string field, string value)
    {
        string path = Path.Combine(_directory, "config.json");
        JsonNode config = JsonNode.Parse(File.ReadAllText(path))!;
        config[field] = JsonNode.Parse(value);
        File.WriteAllText(path, config.ToJsonString());
    }

    // RssAnon:	   12345 kB
    private static long Status(string field) => Kilobytes(File.ReadLines("/proc/self/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal)));

    // Resident and anonymous bytes of the mappings of this test's files.
    private (long Resident, long Anonymous) Mapped()
    {
        long resident = 0;
        long anonymous = 0;
        bool ours = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Length > 0 && (char.IsAsciiDigit(line[0]) || line[0] is >= 'a' and <= 'f'))
                ours = line.Contains(_directory, StringComparison.Ordinal);
            else if (ours && line.StartsWith("Rss:", StringComparison.Ordinal))
                resident += Kilobytes(line);
            else if (ours && line.StartsWith("Anonymous:", StringComparison.Ordinal))
                anonymous += Kilobytes(line);
        }
        return (resident, anonymous);
    }

    private static long Kilobytes(string line) => long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
}
