using NnGpt.Torch.Optim;

namespace NnGpt.LanguageModel.Training;

/// <summary>How the optimiser keeps its moments.</summary>
public enum OptimizerKind
{
    /// <summary>AdamW with moments in float32: 8 bytes a parameter.</summary>
    AdamW,

    /// <summary>AdamW with block-wise 8-bit moments (<see cref="AdamW8Bit"/>): about 2 bytes a parameter.</summary>
    AdamW8Bit,

    /// <summary>The same with the moments in the host's memory when the model is on a GPU; on the CPU no different from <see cref="AdamW8Bit"/>.</summary>
    PagedAdamW8Bit,
}
