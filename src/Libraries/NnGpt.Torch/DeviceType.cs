namespace NnGpt.Torch;

/// <summary>Kinds of devices; the numbers are c10::DeviceType's.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    Cpu = 0,
    /// <summary>An NVIDIA GPU (needs a CUDA build of libtorch).</summary>
    Cuda = 1,
    /// <summary>No storage: shapes only.</summary>
    Meta = 14,
}
