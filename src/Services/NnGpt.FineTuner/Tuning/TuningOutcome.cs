namespace NnGpt.FineTuner.Tuning;

/// <summary>What a fine-tuning came to.</summary>
/// <param name="Pairs">Prompt-code pairs it was trained on.</param>
/// <param name="Tokens">Tokens seen, over all epochs.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="EpochLosses">Mean loss of each epoch.</param>
internal sealed record TuningOutcome(int Pairs, long Tokens, int Steps, IReadOnlyList<double> EpochLosses);
