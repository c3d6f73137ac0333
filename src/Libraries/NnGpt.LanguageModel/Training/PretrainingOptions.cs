using System.ComponentModel.DataAnnotations;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Training;

/// <summary>Settings of a pretraining run.</summary>
public sealed class PretrainingOptions
{
    /// <summary>Tokens of a training sequence; the stream is cut into blocks of this length.</summary>
    [Range(2, 1_000_000)]
    public int BlockLength { get; set; } = 512;

    /// <summary>Sequences of a step.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 8;

    /// <summary>Steps of the whole run; the learning rate's curve ends there.</summary>
    [Range(1, int.MaxValue)]
    public int Steps { get; set; } = 2000;

    /// <summary>Peak learning rate.</summary>
    [Range(0, 1)]
    public double LearningRate { get; set; } = 2e-3;

    /// <summary>Learning rate at the end, as a share of the peak.</summary>
    [Range(0, 1)]
    public double FinalLearningRateShare { get; set; } = 0.05;

    /// <summary>Steps of linear warm-up.</summary>
    [Range(0, int.MaxValue)]
    public int WarmupSteps { get; set; } = 100;

    /// <summary>Decoupled weight decay of the matrices; norms have none.</summary>
    [Range(0, 10)]
    public double WeightDecay { get; set; } = 0.1;

    /// <summary>AdamW's first decay.</summary>
    [Range(0, 1)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>AdamW's second decay.</summary>
    [Range(0, 1)]
    public double Beta2 { get; set; } = 0.95;

    /// <summary>AdamW with moments in float32 or in 8 bits.</summary>
    public OptimizerKind Optimizer { get; set; }

    /// <summary>Longest gradient, over all parameters together.</summary>
    [Range(0, double.MaxValue)]
    public double MaxGradientNorm { get; set; } = 1.0;

    /// <summary>Type of matrix products and activations; the weights themselves stay float32.</summary>
    public Dtype ComputeDtype { get; set; } = Dtype.BFloat16;

    /// <summary>Seed of the initial weights and of the order of the blocks.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads of the training; 0 leaves the process's setting.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Steps between two reports.</summary>
    [Range(1, int.MaxValue)]
    public int ReportEvery { get; set; } = 20;

    /// <summary>Steps between two checkpoints; 0 for none but the last.</summary>
    [Range(0, int.MaxValue)]
    public int CheckpointEvery { get; set; } = 500;

    /// <summary>Wall-clock limit; when it is near, the learning rate is not changed but the run stops after a checkpoint. Null for none.</summary>
    public TimeSpan? TimeLimit { get; set; }
}
