namespace NnGpt.Experiments.Profiles;

/// <summary>What a candidate may cost.</summary>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="MacsPerImage">Multiply-accumulates of the forward pass of one image: a limit that does not depend on the machine.</param>
/// <param name="ValidationSeconds">Wall clock of validation.</param>
/// <param name="TrainingSeconds">Wall clock of the epoch and its evaluation.</param>
/// <param name="MemoryMegabytes">Memory of the worker process, in MiB.</param>
public sealed record LimitsProfile(long Parameters, long MacsPerImage, double ValidationSeconds, double TrainingSeconds, int MemoryMegabytes);
