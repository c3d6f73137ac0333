namespace NnGpt.Experiments.Profiles;

/// <summary>The task that candidates are trained on.</summary>
/// <param name="Dataset">fashion-mnist, mnist, cifar-10 or cifar-100.</param>
/// <param name="TrainImages">Training images of one epoch; 0: all that the validation split leaves.</param>
/// <param name="ValidationImages">Held-out images, carved from the training split.</param>
/// <param name="SplitSeed">Seed of that split.</param>
/// <param name="BatchSize">Images a training step.</param>
/// <param name="Numerics">Arithmetic of the training: "exact", "fast" or "bfloat16".</param>
/// <param name="Prompt">Wording of the design prompt: "short" or "full".</param>
/// <param name="Hyperparameters">The dict <c>prm</c> that candidates receive.</param>
public sealed record TaskProfile(
    string Dataset, int TrainImages, int ValidationImages, ulong SplitSeed, int BatchSize, string Numerics, string Prompt,
    IReadOnlyDictionary<string, double> Hyperparameters);
