using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Training;

public sealed class PretrainerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    [Theory]
    [InlineData(Dtype.Float32)]
    [InlineData(Dtype.BFloat16)]
    public void Run_OnARepeatingStream_LearnsIt(Dtype dtype)
    {
        List<PretrainingProgress> reports = [];
        using LlamaWeights weights = Train(Options(60, dtype), null, reports);
        Assert.True(reports[0].Loss > 2.5, $"first loss {reports[0].Loss}");
        Assert.True(reports[^1].Loss < 0.3, $"last loss {reports[^1].Loss}");
        Assert.Equal(60, reports[^1].Step);
    }

    [Fact]
    public void Run_Resumed_GivesTheSameWeightsAsInOneGo()
    {
        using LlamaWeights whole = Train(Options(12, Dtype.Float32), null, []);
        PretrainingOptions options = Options(12, Dtype.Float32);
        using CancellationTokenSource stop = new();
        using (Train(options, _directory, [], stop, stopAt: 5))
        {
        }
        List<PretrainingProgress> reports = [];
        using LlamaWeights resumed = Train(options, _directory, reports);
        Assert.Equal(6, reports[0].Step);
        foreach (string name in whole.Tensors.Keys)
        {
            Assert.Equal(whole[name].ToArray<float>(), resumed[name].ToArray<float>());
        }
    }

    [Fact]
    public void Run_WithATokenOutsideTheVocabulary_Throws() =>
        Assert.Throws<ArgumentException>(() => new Pretrainer(Options(1, Dtype.Float32), TimeProvider.System)
            .Run(TinyModel.Config(), Enumerable.Repeat(31, 200).ToArray(), null, null, CancellationToken.None));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static PretrainingOptions Options(int steps, Dtype dtype) => new()
    {
        BlockLength = 32,
        BatchSize = 4,
        Steps = steps,
        LearningRate = 1e-2,
        WarmupSteps = 5,
        ReportEvery = 1,
        ComputeDtype = dtype,
        Threads = 1,
    };

    private static LlamaWeights Train(
        PretrainingOptions options, string? checkpoint, List<PretrainingProgress> reports, CancellationTokenSource? stop = null, int stopAt = 0)
    {
        int[] tokens = [.. Enumerable.Range(0, 2000).Select(i => i * 7 % 29 % 13)];
        return new Pretrainer(options, TimeProvider.System).Run(TinyModel.Config(), tokens, checkpoint, new Sink(report =>
        {
            reports.Add(report);
            if (report.Step == stopAt)
            {
                stop!.Cancel();
            }
        }), stop?.Token ?? CancellationToken.None);
    }

    private sealed class Sink(Action<PretrainingProgress> action) : IProgress<PretrainingProgress>
    {
        public void Report(PretrainingProgress value) => action(value);
    }
}
