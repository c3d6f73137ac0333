using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.LanguageModel.Training;

/// <summary>Names and making of optimisers.</summary>
public static class OptimizerKinds
{
    /// <summary>The kind of a name as Hugging Face's trainer writes it: "adamw", "adamw_8bit", "paged_adamw_8bit"; null for another name.</summary>
    public static OptimizerKind? Parse(string name) => name switch
    {
        "adamw" => OptimizerKind.AdamW,
        "adamw_8bit" => OptimizerKind.AdamW8Bit,
        "paged_adamw_8bit" => OptimizerKind.PagedAdamW8Bit,
        _ => null,
    };

    internal static IOptimizer Create(
        this OptimizerKind kind, IReadOnlyList<Tensor> parameters, Func<Tensor, double> weightDecay, double beta1 = 0.9, double beta2 = 0.999) =>
        kind == OptimizerKind.AdamW
            ? new AdamW(parameters, weightDecay, beta1, beta2)
            : new AdamW8Bit(parameters, weightDecay, beta1, beta2, paged: kind == OptimizerKind.PagedAdamW8Bit);
}
