namespace NnGpt.LanguageModel.Lora;

/// <summary>The end of a fine-tuning.</summary>
/// <param name="Adapter">The adapter; the caller owns it.</param>
/// <param name="EpochLosses">Mean loss of each epoch.</param>
/// <param name="Steps">Optimiser steps taken.</param>
/// <param name="Tokens">Tokens computed, padding apart.</param>
/// <param name="OptimizerBytes">Size of the optimiser's state.</param>
public sealed record FineTuningResult(LoraAdapter Adapter, IReadOnlyList<double> EpochLosses, int Steps, long Tokens, long OptimizerBytes)
{
    /// <summary>Mean loss of the first epoch.</summary>
    public double FirstLoss => EpochLosses[0];

    /// <summary>Mean loss of the last epoch.</summary>
    public double LastLoss => EpochLosses[^1];
}
