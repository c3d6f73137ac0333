using System.Diagnostics;
using System.Globalization;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Lora;

public sealed class PeftFilesTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

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
        Assert.SkipUnless(File.Exists(Python) && (await RunPython("-c", "import torch, numpy")).Code == 0, "Python with torch is not installed");
        using LlamaModel model = new(LlamaWeights.Initialize(TinyModel.Config(), 5), Dtype.Float32);
        using LoraAdapter adapter = Adapter();
        model.Weights.Save(Path.Combine(_directory, "base"));
        adapter.Save(Path.Combine(_directory, "adapter"));
        model.UseAdapter(adapter);
        int[] tokens = [1, 7, 9, 30, 4, 4, 12];
        float[] logits = model.Logits(tokens);
        (int code, string output) = await RunPython([Path.Combine(AppContext.BaseDirectory, "Lora", "llama_with_peft.py"),
            Path.Combine(_directory, "base"), Path.Combine(_directory, "adapter"), .. tokens.Select(token => token.ToString(CultureInfo.InvariantCulture))]);
        Assert.True(code == 0, output);
        double[] expected = [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(logits.Length, expected.Length);
        double difference = expected.Zip(logits, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference < 1e-4, $"logits differ by {difference}");
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
