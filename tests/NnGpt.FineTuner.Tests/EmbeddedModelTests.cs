using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.FineTuner.Tests;

/// <summary>The embedded model learns sampled networks.</summary>
public sealed class EmbeddedModelTests
{
    private static readonly string s_model = Path.Combine(AppContext.BaseDirectory, "model");

    [Fact]
    public void Run_With8BitMoments_EndsAtTheLossOfFloat32WithAThirdOfTheMemory()
    {
        Assert.True(TorchRuntime.SelfCheck().IsHealthy);
        FineTuningExample[] examples = Networks(24);
        using LlamaWeights model = LlamaWeights.Load(s_model);
        FineTuningResult Tune(OptimizerKind optimizer)
        {
            FineTuningOptions options = new() { Epochs = 3, BatchSize = 4, WarmupSteps = 3, WeightDecay = 0.01, Optimizer = optimizer, Threads = 1, MaxLength = model.Config.MaxPositionEmbeddings };
            FineTuningResult result = new LanguageModel.Lora.FineTuner(model, options, TimeProvider.System).Run(
                new LoraConfig { Rank = 16, Alpha = 32 }, examples, null, null, null, TestContext.Current.CancellationToken);
            result.Adapter.Dispose();
            return result;
        }
        FineTuningResult reference = Tune(OptimizerKind.AdamW), eight = Tune(OptimizerKind.AdamW8Bit), paged = Tune(OptimizerKind.PagedAdamW8Bit);
        TestContext.Current.SendDiagnosticMessage(
            $"loss {reference.FirstLoss:F4} -> {reference.LastLoss:F4} in float32, {eight.LastLoss:F4} in 8 bits; {eight.OptimizerBytes} of {reference.OptimizerBytes} bytes");
        Assert.True(reference.LastLoss < 0.95 * reference.FirstLoss, $"{reference.FirstLoss} -> {reference.LastLoss}");
        Assert.InRange(eight.LastLoss / reference.LastLoss, 0.98, 1.02);
        Assert.InRange(eight.OptimizerBytes, 0, 0.3 * reference.OptimizerBytes);
        Assert.Equal(eight.EpochLosses, paged.EpochLosses);
    }

    private static FineTuningExample[] Networks(int count)
    {
        ChatEncoder encoder = ChatEncoder.Load(s_model);
        ArchitectureSampler sampler = new(77);
        DesignPrompt prompt = DesignPrompt.For(DesignTask.Of("fashion-mnist", 500_000)!, PromptWording.Short);
        return [.. Enumerable.Range(0, count).Select(_ => FineTuningExample.Of(encoder.Encode(prompt.Answer(sampler.Next().Source))))];
    }
}
