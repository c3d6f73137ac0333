using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Lora;

public sealed class PeftFilesTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly int[] s_tokens = [1, 7, 9, 30, 4, 4, 12];

    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    [Fact]
    public void Load_OfASavedAdapter_GivesTheSame()
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(_directory);
        using LoraAdapter loaded = LoraAdapter.Load(_directory, TinyModel.Config());
        Assert.Equal(adapter.Config.TargetModules, loaded.Config.TargetModules);
        Assert.Equal((adapter.Config.Rank, adapter.Config.Alpha, adapter.Config.Dropout), (loaded.Config.Rank, loaded.Config.Alpha, loaded.Config.Dropout));
        Assert.Equal(adapter.Config.BaseModelName, loaded.Config.BaseModelName);
        foreach ((string path, LoraPair pair) in adapter.Pairs)
        {
            Assert.Equal(pair.A.ToArray<float>(), loaded.Pairs[path].A.ToArray<float>());
            Assert.Equal(pair.B.ToArray<float>(), loaded.Pairs[path].B.ToArray<float>());
        }
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytes()
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(Path.Combine(_directory, "a"));
        adapter.Save(Path.Combine(_directory, "b"));
        string[] files = ["README.md", "adapter_config.json", "adapter_model.safetensors"];
        Assert.Equal(files, Directory.GetFiles(Path.Combine(_directory, "a")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (string file in files)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_directory, "a", file)), File.ReadAllBytes(Path.Combine(_directory, "b", file)));
        }
    }

    [Fact]
    public void Load_ForAnotherModel_SaysWhatDoesNotFit()
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(_directory);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => LoraAdapter.Load(_directory, TinyModel.Config() with { HiddenSize = 64 }));
        Assert.Contains("lora_A.weight' is (4, 32) where the model needs (4, 64)", exception.Message);
    }

    [Fact]
    public async Task Save_ReadByPyTorch_GivesTheSameLogits()
    {
        await SkipWithoutTorch();
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config(), 5), Dtype.Float32);
        using LoraAdapter adapter = Adapter();
        model.Weights.Save(Path.Combine(_directory, "base"));
        adapter.Save(Path.Combine(_directory, "adapter"));
        model.UseAdapter(adapter);
        await AssertLogitsOfPyTorch(model);
    }

    [Theory]
    [InlineData(Dtype.Float32)]
    [InlineData(Dtype.BFloat16)]
    public async Task Run_TrainedAdapterReadByPyTorch_GivesTheSameLogits(Dtype dtype)
    {
        await SkipWithoutTorch();
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config(), 5), Dtype.Float32);
        FineTuningOptions options = new() { Epochs = 10, LearningRate = 1e-2, ComputeDtype = dtype, Threads = 1 };
        using LoraAdapter adapter = new FineTuner(model.Weights, options, TimeProvider.System).Run(
            new LoraConfig { Rank = 4, LayersToTransform = [1] }, [new([3, 4], [5, 6, 7, 2]), new([3, 9], [8, 7, 2])], null, null, null, CancellationToken.None).Adapter;
        model.Weights.Save(Path.Combine(_directory, "base"));
        adapter.Save(Path.Combine(_directory, "adapter"));
        float[] before = model.Logits(s_tokens);
        model.UseAdapter(adapter);
        Assert.True(before.Zip(model.Logits(s_tokens), (a, b) => Math.Abs(a - b)).Max() > 0.1f);
        await AssertLogitsOfPyTorch(model);
    }

    [Fact]
    public async Task Load_AdapterWrittenByPyTorch_GivesTheSameLogits()
    {
        await SkipWithoutTorch();
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config(), 5), Dtype.Float32);
        model.Weights.Save(Path.Combine(_directory, "base"));
        string expected = await Logits("--new");
        using LoraAdapter adapter = LoraAdapter.Load(Path.Combine(_directory, "adapter"), model.Config);
        Assert.Equal((6, 9.0), (adapter.Config.Rank, adapter.Config.Alpha));
        model.UseAdapter(adapter);
        AssertClose(model.Logits(s_tokens), expected);
    }

    [Fact]
    public void Merge_OfModelAndAdapter_GivesTheLogitsOfTheAdapter()
    {
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config(), 5), Dtype.Float32);
        using LoraAdapter adapter = Adapter();
        (string from, string with, string to) = (Path.Combine(_directory, "base"), Path.Combine(_directory, "adapter"), Path.Combine(_directory, "merged"));
        model.Weights.Save(from);
        File.WriteAllText(Path.Combine(from, "tokenizer.json"), "{}");
        File.WriteAllText(Path.Combine(from, "chat_template.jinja"), "{{ bos_token }}");
        adapter.Save(with);
        Assert.Equal(adapter.Pairs.Count, AdapterMerger.Merge(from, with, to));
        model.UseAdapter(adapter);
        using LlamaModel merged = LlamaModel.Load(to, Dtype.Float32);
        Assert.Equal(model.Logits(s_tokens), merged.Logits(s_tokens));
        Assert.True(File.Exists(Path.Combine(to, "tokenizer.json")));
        Assert.True(File.Exists(Path.Combine(to, "chat_template.jinja")));
        Assert.Throws<IOException>(() => AdapterMerger.Merge(from, with, to));
    }

    [Fact]
    public void Merge_OfADamagedAdapter_LeavesNothingBehind()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        using LoraAdapter adapter = Adapter();
        (string from, string with) = (Path.Combine(_directory, "base"), Path.Combine(_directory, "adapter"));
        model.Save(from);
        adapter.Save(with);
        string weights = Path.Combine(with, "adapter_model.safetensors");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[12] ^= 0x55;
        File.WriteAllBytes(weights, bytes);
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => AdapterMerger.Merge(from, with, Path.Combine(_directory, "merged")));
        Assert.Contains("adapter_model.safetensors", failure.Message);
        Assert.Equal(["adapter", "base"], Directory.GetFileSystemEntries(_directory).Select(path => Path.GetFileName(path)!).Order());
    }

    [Theory]
    [InlineData("use_dora", "true", "DoRA")]
    [InlineData("use_rslora", "true", "rank-stabilised")]
    [InlineData("bias", "\"all\"", "bias")]
    [InlineData("target_modules", "\"all-linear\"", "target_modules")]
    [InlineData("rank_pattern", "{\"q_proj\": 8}", "rank_pattern")]
    [InlineData("peft_type", "\"IA3\"", "peft_type")]
    [InlineData("layers_to_transform", "[7]", "layers_to_transform")]
    public void Load_OfWhatIsNoPlainLora_SaysWhat(string key, string value, string part)
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(_directory);
        string path = Path.Combine(_directory, "adapter_config.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        json[key] = JsonNode.Parse(value);
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => LoraAdapter.Load(_directory, TinyModel.Config())).Message);
    }

    [Fact]
    public void Load_WithTensorsThatTheConfigurationDoesNotName_IsRefused()
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(_directory);
        string path = Path.Combine(_directory, "adapter_config.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        json["target_modules"] = new JsonArray("q_proj");
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains("no place for", Assert.Throws<InvalidDataException>(() => LoraAdapter.Load(_directory, TinyModel.Config())).Message);
    }

    [Fact]
    public void Save_OverAnAdapter_ReplacesIt()
    {
        using LoraAdapter adapter = Adapter();
        adapter.Save(_directory);
        string path = Path.Combine(_directory, "adapter_model.safetensors");
        byte[] before = File.ReadAllBytes(path);
        adapter.Pairs.Values.First().B.MulInPlace(2);
        adapter.Save(_directory);
        Assert.NotEqual(before, File.ReadAllBytes(path));
        Assert.Equal(3, Directory.GetFileSystemEntries(_directory).Length);
        Assert.False(Directory.Exists(_directory + ".writing"));
    }

    [Fact]
    public void Save_IntoAFolderOfSomethingElse_LeavesItAsItIs()
    {
        using LoraAdapter adapter = Adapter();
        string card = Path.Combine(_directory, "README.md");
        File.WriteAllText(card, "a model");
        Assert.Contains("holds no adapter", Assert.Throws<IOException>(() => adapter.Save(_directory)).Message);
        Assert.Contains("is a file", Assert.Throws<IOException>(() => adapter.Save(card)).Message);
        Assert.Equal("a model", File.ReadAllText(Assert.Single(Directory.GetFileSystemEntries(_directory))));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static LoraAdapter Adapter()
    {
        LoraConfig config = new() { Rank = 4, Alpha = 6, Dropout = 0.05, TargetModules = ["q_proj", "k_proj", "o_proj", "gate_proj", "down_proj"], BaseModelName = "tiny" };
        LoraAdapter adapter = LoraAdapter.Create(config, TinyModel.Config(), 1);
        using Generator generator = new(9);
        foreach (LoraPair pair in adapter.Pairs.Values)
        {
            pair.B.NormalInPlace(0, 0.3, generator);
        }
        return adapter;
    }

    private static async Task SkipWithoutTorch() =>
        Assert.SkipUnless(File.Exists(Python) && (await RunPython("-c", "import torch, numpy")).Code == 0, "Python with torch is not installed");

    private async Task AssertLogitsOfPyTorch(LlamaModel model) => AssertClose(model.Logits(s_tokens), await Logits());

    private async Task<string> Logits(params string[] options)
    {
        (int code, string output) = await RunPython([Path.Combine(AppContext.BaseDirectory, "Lora", "llama_with_peft.py"), .. options,
            Path.Combine(_directory, "base"), Path.Combine(_directory, "adapter"), .. s_tokens.Select(token => token.ToString(CultureInfo.InvariantCulture))]);
        Assert.True(code == 0, output);
        return output;
    }

    private static void AssertClose(float[] logits, string expected)
    {
        double[] numbers = [.. expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(logits.Length, numbers.Length);
        double difference = numbers.Zip(logits, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference < 1e-4, $"logits differ by {difference}");
    }

    private static async Task<(int Code, string Output)> RunPython(params string[] arguments)
    {
        ProcessStartInfo start = new(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? output : await error);
    }
}
