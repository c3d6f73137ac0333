using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Lora;

/// <summary>Settings of a LoRA fine-tuning.</summary>
public sealed class FineTuningOptions
{
    /// <summary>Peak learning rate.</summary>
    [Range(0, 1)]
    public double LearningRate { get; set; } = 1e-3;

    /// <summary>Passes over the examples.</summary>
    [Range(1, 10_000)]
    public int Epochs { get; set; } = 3;

    /// <summary>Examples computed together.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 4;

    /// <summary>Batches of an optimiser step.</summary>
    [Range(1, 10_000)]
    public int Accumulation { get; set; } = 1;

    /// <summary>Steps of linear warm-up; then half a cosine down to 0.</summary>
    [Range(0, int.MaxValue)]
    public int WarmupSteps { get; set; }

    /// <summary>Decoupled weight decay of the adapter.</summary>
    [Range(0, 10)]
    public double WeightDecay { get; set; }

    /// <summary>AdamW with moments in float32 or in 8 bits.</summary>
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.AdamW8Bit;

    /// <summary>Longest gradient, over all adapter parameters together.</summary>
    [Range(0, double.MaxValue)]
    public double MaxGradientNorm { get; set; } = 1;

    /// <summary>Whether only the completions are learnt; false learns the prompts too.</summary>
    public bool MaskPrompt { get; set; } = true;

    /// <summary>Longest example in tokens; longer ones are cut at the end.</summary>
    [Range(2, 1_000_000)]
    public int MaxLength { get; set; } = 2048;

    /// <summary>Seed of the order, of dropout and of a fresh adapter.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Type of matrix products and activations.</summary>
    public Dtype ComputeDtype { get; set; } = Dtype.BFloat16;

    /// <summary>Steps between two checkpoints, when the run has a folder for them.</summary>
    [Range(1, int.MaxValue)]
    public int CheckpointEvery { get; set; } = 50;

    /// <summary>Threads; 0 leaves the process's setting.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }
}
