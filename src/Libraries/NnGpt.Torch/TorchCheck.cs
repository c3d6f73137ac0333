namespace NnGpt.Torch;

/// <summary>The verdict of <see cref="TorchRuntime.SelfCheck"/>.</summary>
/// <param name="IsHealthy">Whether libtorch can be used at full speed.</param>
/// <param name="Message">One sentence: what was found, or what is wrong and how to mend it.</param>
/// <param name="Version">libtorch's version; empty when it could not be loaded.</param>
/// <param name="CpuCapability">The kernels that ATen chose; empty when it could not be loaded.</param>
/// <param name="Blas">The BLAS library that is mapped; empty when there is none.</param>
public sealed record TorchCheck(bool IsHealthy, string Message, string Version, string CpuCapability, string Blas)
{
    internal static TorchCheck Failed(string message) => new(false, message, string.Empty, string.Empty, string.Empty);
}
