namespace NnGpt.Candidates;

/// <summary>How the arithmetic of a training is done; docs/decisions/0010-training-numerics.md has the figures.</summary>
public enum TrainingNumerics
{
    /// <summary>float32 with PyTorch's default kernels and layout: losses are PyTorch's own to the last bit.</summary>
    Exact,

    /// <summary>float32 with four-dimensional tensors in channels_last and faster kernels: the same values but for rounding.</summary>
    Fast,

    /// <summary>As <see cref="Fast"/>, and learn() under autocast to bfloat16. Accuracy is measured in float32.</summary>
    BFloat16,
}
