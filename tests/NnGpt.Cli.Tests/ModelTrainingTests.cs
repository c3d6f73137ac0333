using System.Text.Json;

namespace NnGpt.Cli.Tests;

/// <summary>`nngpt model train`, `finetune` and `merge`, also killed in the middle.</summary>
public sealed class ModelTrainingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-cli-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task FineTune_KilledAndStartedAgain_EndsWithTheAdapterOfAnUnbrokenRun()
    {
        string data = WritePairs(12);
        string[] Command(string adapter) =>
        [
            "model", "finetune", "--model", CommandLine.EmbeddedModel, "--data", data, "--out", Folder(adapter), "--rank", "4", "--epochs", "2", "--batch", "2",
            "--checkpoint-every", "2", "--threads", "1",
        ];
        var whole = await CommandLine.RunAsync(Token, [.. Command("whole"), "--output", "json"]);
        Assert.True(whole.Code == 0, whole.Error);
        JsonElement result = JsonDocument.Parse(whole.Output).RootElement;
        Assert.Equal(12, result.GetProperty("steps").GetInt32());
        Assert.Equal(2, result.GetProperty("epoch_losses").GetArrayLength());

        await CommandLine.KillAtAsync("step 5/12", Token, Command("killed"));
        Assert.False(Directory.Exists(Folder("killed")));
        Assert.True(File.Exists(Path.Combine(Folder("killed.checkpoint"), "checkpoint.safetensors")));
        var resumed = await CommandLine.RunAsync(Token, Command("killed"));

        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.DoesNotContain("step 4/12", resumed.Output);
        Assert.Contains("step 5/12", resumed.Output);
        foreach (string file in (string[])["adapter_model.safetensors", "adapter_config.json", "README.md"])
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Folder("whole"), file), Token), await File.ReadAllBytesAsync(Path.Combine(Folder("killed"), file), Token));
        }
        Assert.Equal(["killed", "pairs.jsonl", "whole"], Entries());
    }

    [Fact]
    public async Task Train_OnTextsKilledAndStartedAgain_EndsWithTheModelOfAnUnbrokenRun()
    {
        string texts = Folder("texts");
        Directory.CreateDirectory(texts);
        for (int i = 0; i < 60; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(texts, $"{i}.py"), $"def f{i}(x):\n    y = x * {i}\n    return y + {i % 7}\n", Token);
        }
        await File.WriteAllBytesAsync(Path.Combine(texts, "image.png"), [0x89, 0x50, 0xff, 0x00], Token);
        string[] Command(string model) =>
        [
            "model", "train", "--data", texts, "--out", Folder(model), "--context", "64", "--vocabulary", "300", "--hidden", "32", "--heads", "4", "--intermediate", "64",
            "--layers", "2", "--steps", "100", "--batch", "4", "--checkpoint-every", "20", "--threads", "1",
        ];
        var whole = await CommandLine.RunAsync(Token, [.. Command("whole"), "--output", "json"]);
        Assert.True(whole.Code == 0, whole.Error);
        Assert.Contains("1 files passed over", whole.Error);
        Assert.InRange(JsonDocument.Parse(whole.Output).RootElement.GetProperty("held_out_loss").GetDouble(), 0.01, 4);

        await CommandLine.KillAtAsync("step 40/100", Token, Command("killed"));
        Assert.False(Directory.Exists(Folder("killed")));
        var resumed = await CommandLine.RunAsync(Token, Command("killed"));

        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.DoesNotContain("step 20/100", resumed.Output);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Folder("whole"), "model.safetensors"), Token),
            await File.ReadAllBytesAsync(Path.Combine(Folder("killed"), "model.safetensors"), Token));
        Assert.Equal(["killed", "texts", "whole"], Entries());
    }

    [Fact]
    public async Task Merge_AfterFineTuning_WritesAModelThatGenerates()
    {
        string data = WritePairs(4);
        var tuned = await CommandLine.RunAsync(
            Token, "model", "finetune", "--model", CommandLine.EmbeddedModel, "--data", data, "--out", Folder("adapter"), "--epochs", "1", "--layers-to-transform", "0", "1", "--threads", "1");
        Assert.True(tuned.Code == 0, tuned.Error);
        var merged = await CommandLine.RunAsync(
            Token, "model", "merge", "--model", CommandLine.EmbeddedModel, "--adapter", Folder("adapter"), "--out", Folder("merged"), "--output", "json");
        Assert.True(merged.Code == 0, merged.Error);
        Assert.Equal(14, JsonDocument.Parse(merged.Output).RootElement.GetProperty("merged_weights").GetInt32());
        var generated = await CommandLine.RunAsync(Token, "model", "generate", "--model", Folder("merged"), "--prompt", "import torch", "--max-new-tokens", "4");
        Assert.True(generated.Code == 0, generated.Error);
    }

    [Theory]
    [InlineData("--rank", "0", "--rank is 0; it must be in 1..4096", 2)]
    [InlineData("--optimizer", "sgd", "'sgd' not recognized", 2)]
    [InlineData("--target-modules", "lm_head", "'lm_head' is no projection", 2)]
    [InlineData("--layers-to-transform", "9", "names a layer that the model of 6 layers does not have", 2)]
    [InlineData("--learning-rate", "2", "--learning-rate is 2; it must be in 0..1", 2)]
    [InlineData("--data", "missing.jsonl", "missing.jsonl", 4)]
    [InlineData("--max-length", "0", "--max-length is 0; it must be in 2..1000000", 2)]
    [InlineData("--checkpoint", "", "--checkpoint is empty", 2)]
    public async Task FineTune_WithAWrongOption_SaysWhichAndLeavesNothing(string option, string value, string message, int code)
    {
        string data = WritePairs(2);
        string[] arguments = ["model", "finetune", "--model", CommandLine.EmbeddedModel, "--out", Folder("adapter"), option, value];
        var result = await CommandLine.RunAsync(Token, option == "--data" ? arguments : [.. arguments, "--data", data]);
        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error);
        Assert.Equal(["pairs.jsonl"], Entries());
    }

    [Fact]
    public async Task FineTune_IntoAModelFolder_IsRefusedBeforeItTrains()
    {
        string data = WritePairs(2);
        Directory.CreateDirectory(Folder("model"));
        await File.WriteAllTextAsync(Path.Combine(Folder("model"), "README.md"), "a card", Token);
        var result = await CommandLine.RunAsync(Token, "model", "finetune", "--model", CommandLine.EmbeddedModel, "--data", data, "--out", Folder("model"));
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("holds no adapter", result.Error);
        Assert.Equal("a card", await File.ReadAllTextAsync(Path.Combine(Folder("model"), "README.md"), Token));
        Assert.Equal(["model", "pairs.jsonl"], Entries());
    }

    [Fact]
    public async Task Generate_APromptThatBeginsWithAnAt_IsNoResponseFile()
    {
        var result = await CommandLine.RunAsync(Token, "model", "generate", "--model", CommandLine.EmbeddedModel, "--prompt", "@property", "--stop", "@never", "--max-new-tokens", "2");
        Assert.True(result.Code == 0, result.Error);
    }

    [Fact]
    public async Task Train_WhereNoSampledNetworkFitsTheContext_SaysSoAndLeavesNothing()
    {
        var result = await CommandLine.RunAsync(
            Token, "model", "train", "--out", Folder("model"), "--documents", "100", "--vocabulary", "300", "--context", "64", "--hidden", "32", "--heads", "2",
            "--layers", "1", "--steps", "2", "--batch", "2", "--threads", "1");
        Assert.Equal(1, result.Code);
        Assert.Contains("choose a longer --context", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Help_OfACommandThatNeedsMore_IsNoError()
    {
        var result = await CommandLine.RunAsync(Token, "score", "--help");
        Assert.Equal(0, result.Code);
        Assert.Contains("--seeds", result.Output);
    }

    private string WritePairs(int count)
    {
        string path = Folder("pairs.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(new
        {
            messages = new[]
            {
                new { role = "user", content = "Design a network." },
                new { role = "assistant", content = string.Concat(Enumerable.Range(0, 3 + i).Select(k => $"self.fc{k} = nn.Linear({i * 8}, {k})\n")) },
            },
        })));
        return path;
    }

    private string Folder(string name) => Path.Combine(_directory, name);

    private IEnumerable<string> Entries() => Directory.GetFileSystemEntries(_directory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
