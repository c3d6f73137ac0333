using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Lora;

public sealed class FineTunerTests
{
    private static readonly FineTuningExample[] s_examples = [.. Enumerable.Range(0, 10).Select(i =>
        new FineTuningExample([3, 4, 5 + (i % 3)], [.. Enumerable.Range(0, 6 + i).Select(k => (10 + (k * 3)) % 31), 2]))];

    [Theory]
    [InlineData(Dtype.Float32, 0.0)]
    [InlineData(Dtype.BFloat16, 0.05)]
    public void Run_OnExamples_LearnsThemAndLeavesTheBaseAlone(Dtype dtype, double dropout)
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        Dictionary<string, float[]> before = model.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray<float>());
        FineTuningResult result = Run(model, new FineTuningOptions { Epochs = 15, LearningRate = 1e-2, ComputeDtype = dtype }, new LoraConfig { Rank = 8, Alpha = 16, Dropout = dropout });
        using LoraAdapter adapter = result.Adapter;
        Assert.True(result.LastLoss < 0.6 * result.FirstLoss, $"{result.FirstLoss} -> {result.LastLoss}");
        foreach ((string name, float[] values) in before)
        {
            Assert.Equal(values, model[name].ToArray<float>());
            Assert.False(model[name].RequiresGrad);
        }
        Assert.All(adapter.Pairs.Values, pair => Assert.NotEqual(0, pair.B.Abs().Sum().Item<double>()));
    }

    [Fact]
    public void Run_Twice_GivesTheSameAdapter()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        FineTuningOptions options = new() { Epochs = 2, Accumulation = 2, BatchSize = 2 };
        using LoraAdapter first = Run(model, options, new LoraConfig { Rank = 4, Dropout = 0.1 }).Adapter;
        using LoraAdapter second = Run(model, options, new LoraConfig { Rank = 4, Dropout = 0.1 }).Adapter;
        foreach ((Tensor a, Tensor b) in first.Parameters.Zip(second.Parameters))
        {
            Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
        }
    }

    [Fact]
    public void Run_FromAnAdapter_GoesOnFromItAndLeavesItAlone()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        FineTuningOptions options = new() { Epochs = 6, LearningRate = 1e-2 };
        FineTuningResult first = Run(model, options, new LoraConfig { Rank = 8 });
        float[] before = first.Adapter.Parameters[1].ToArray<float>();
        FineTuningResult second = new FineTuner(model, options, TimeProvider.System).Run(new LoraConfig(), s_examples, first.Adapter, null, null, CancellationToken.None);
        Assert.Equal(8, second.Adapter.Config.Rank);
        Assert.True(second.FirstLoss < first.FirstLoss);
        Assert.Equal(before, first.Adapter.Parameters[1].ToArray<float>());
        first.Adapter.Dispose();
        second.Adapter.Dispose();
    }

    [Fact]
    public void Run_WithSomeTargets_AdaptsThoseOnly()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        LoraConfig config = new() { Rank = 2, TargetModules = ["q_proj", "v_proj"], LayersToTransform = [1] };
        using LoraAdapter adapter = Run(model, new FineTuningOptions { Epochs = 1 }, config).Adapter;
        Assert.Equal(["model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.v_proj"], adapter.Pairs.Keys.Order());
    }

    [Fact]
    public void Attach_UnmergedAdapter_GivesTheLogitsOfTheMergedOne()
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        using LoraAdapter adapter = LoraAdapter.Create(new LoraConfig { Rank = 4, TargetModules = ["q_proj", "v_proj", "up_proj", "down_proj"] }, model.Config, 1);
        foreach (LoraPair pair in adapter.Pairs.Values)
        {
            pair.B.NormalInPlace(0, 0.1);
        }
        using RotaryTable rotary = RotaryTable.Create(model.Config, 5, Device.Cpu);
        Tensor ids = Tensor.FromArray([3L, 4L, 5L, 6L, 7L], 1, 5);
        Tensor merged = LlamaGraph.Build(model, Dtype.Float32, adapter.Merge).Hidden(ids, rotary);
        Tensor attached = LoraGraph.Attach(LlamaGraph.Build(model, Dtype.Float32), adapter, training: false).Hidden(ids, rotary);
        Assert.True(merged.AllClose(attached, 1e-4, 1e-5));
    }

    [Fact]
    public void Create_MasksThePrompt()
    {
        FineTuningBatch batch = FineTuningBatch.Create([new([7, 8], [9, 2]), new([7], [5, 6, 2])], 100, maskPrompt: true);
        Assert.Equal((2, 3), (batch.Rows, batch.Length));
        Assert.Equal([7, 8, 9, 7, 5, 6], batch.Inputs);
        Assert.Equal([1, 2, 3, 4, 5], batch.TargetPositions);
        Assert.Equal([9, 2, 5, 6, 2], batch.Targets);
        Assert.Equal(6, FineTuningBatch.Create([new([7, 8], [9, 2]), new([7], [5, 6, 2])], 100, maskPrompt: false).TargetCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_InLengthSortedBatches_HasTheLossAndTheGradientOfTheExamplesAlone(bool maskPrompt)
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        // One step over all examples: padded side by side, or each by itself, with its loss weighed by its tokens.
        FineTuningOptions Options(int batch) => new()
        {
            Epochs = 1,
            BatchSize = batch,
            Accumulation = 12 / batch,
            ComputeDtype = Dtype.Float32,
            MaskPrompt = maskPrompt,
            Optimizer = OptimizerKind.AdamW,
        };
        List<FineTuningProgress> reports = [];
        Sink sink = new(reports.Add);
        using LoraAdapter together = Run(model, Options(12), new LoraConfig { Rank = 4 }, progress: sink).Adapter;
        using LoraAdapter alone = Run(model, Options(1), new LoraConfig { Rank = 4 }, progress: sink).Adapter;
        Assert.Equal(2, reports.Count);
        Assert.Equal(reports[0].Loss, reports[1].Loss, 1e-5);
        Assert.Equal(reports[0].GradientNorm, reports[1].GradientNorm, 1e-4);
        Assert.Equal(reports[0].Tokens, reports[1].Tokens);
    }

    [Fact]
    public void Run_StoppedAndStartedAgain_GivesTheSameAdapterAsInOneGo()
    {
        string directory = Directory.CreateTempSubdirectory("nngpt-").FullName;
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        FineTuningOptions options = new() { Epochs = 3, BatchSize = 3, CheckpointEvery = 4, WarmupSteps = 2 };
        LoraConfig config = new() { Rank = 32, Dropout = 0.1 };
        FineTuningResult whole = Run(model, options, config);
        foreach (int stopAt in (int[])[1, 5, 10])
        {
            using CancellationTokenSource stop = new();
            Sink sink = new(report =>
            {
                if (report.Step == stopAt)
                {
                    stop.Cancel();
                }
            });
            Assert.Throws<OperationCanceledException>(() => Run(model, options, config, directory, sink, stop.Token));
        }
        Assert.Throws<InvalidDataException>(() => Run(model, new FineTuningOptions { Epochs = 3, BatchSize = 3, LearningRate = 0.5 }, config, directory));
        List<int> steps = [];
        FineTuningResult resumed = Run(model, options, config, directory, new Sink(report => steps.Add(report.Step)));
        Assert.Equal(Enumerable.Range(11, 2), steps);
        Assert.Equal(whole.EpochLosses, resumed.EpochLosses);
        Assert.Equal(whole.Tokens, resumed.Tokens);
        foreach ((Tensor a, Tensor b) in whole.Adapter.Parameters.Zip(resumed.Adapter.Parameters))
        {
            Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
        }
        FineTuner.DeleteCheckpoint(directory);
        Assert.False(Directory.Exists(directory));
        whole.Adapter.Dispose();
        resumed.Adapter.Dispose();
    }

    [Fact]
    public void Run_WithWeightsThatAreNoNumbers_SaysSoAtTheFirstStep()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        model["model.layers.1.mlp.down_proj.weight"].AsSpan<float>()[3] = float.NaN;
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Run(model, new FineTuningOptions(), new LoraConfig()));
        Assert.Contains("diverged: in step 1 the loss is NaN", failure.Message);
    }

    [Fact]
    public void Run_WhereThePromptsLeaveNoRoomForAnswers_SaysSo()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5);
        int shortest = s_examples.Min(example => example.Prompt.Count);
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Run(model, new FineTuningOptions { MaxLength = Math.Max(2, shortest) }, new LoraConfig()));
        Assert.Contains("has a token to learn", failure.Message);
    }

    [Fact]
    public void Run_FromAnAdapterOfAnotherBase_IsRefused()
    {
        using LlamaWeights model = LlamaWeights.Initialize(TinyModel.Config(), 5), other = LlamaWeights.Initialize(TinyModel.Config(), 6);
        using LoraAdapter adapter = Run(model, new FineTuningOptions { Epochs = 1 }, new LoraConfig { Rank = 2 }).Adapter;
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() =>
            new FineTuner(other, new FineTuningOptions(), TimeProvider.System).Run(new LoraConfig(), s_examples, adapter, null, null, CancellationToken.None));
        Assert.Contains("another base model", failure.Message);
        using LlamaModel sampler = new(LlamaWeights.Initialize(TinyModel.Config(), 6));
        Assert.Throws<InvalidDataException>(() => sampler.UseAdapter(adapter));
    }

    private static FineTuningResult Run(
        LlamaWeights model, FineTuningOptions options, LoraConfig config, string? checkpoint = null, IProgress<FineTuningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Threads = 1;
        return new FineTuner(model, options, TimeProvider.System).Run(config, s_examples, null, checkpoint, progress, cancellationToken);
    }

    private sealed class Sink(Action<FineTuningProgress> action) : IProgress<FineTuningProgress>
    {
        public void Report(FineTuningProgress value) => action(value);
    }
}
