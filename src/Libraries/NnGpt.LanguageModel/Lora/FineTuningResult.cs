namespace NnGpt.LanguageModel.Lora;

/// <summary>The end of a fine-tuning.</summary>
/// <param name="Adapter">The adapter; the caller owns it.</param>
/// <param name="FirstLoss">Mean loss of the first epoch.</param>
/// <param name="LastLoss">Mean loss of the last epoch.</param>
/// <param name="Steps">Optimiser steps taken.</param>
/// <param name="Tokens">Tokens computed, padding apart.</param>
public sealed record FineTuningResult(LoraAdapter Adapter, double FirstLoss, double LastLoss, int Steps, long Tokens);
