using System.Runtime.InteropServices;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>The libtorch of this process.</summary>
public static unsafe class TorchRuntime
{
    /// <summary>
    /// Loads libtorch and looks whether it is fit for work. Call it first at start-up; it throws nothing.
    /// Also tunes malloc for tensors (<see cref="TuneMemory"/>).
    /// </summary>
    public static TorchCheck SelfCheck()
    {
        if (!NativeLoader.TryLoad(out string reason))
        {
            return TorchCheck.Failed($"libtorch could not be loaded ({reason}): install the packages libtorch-dev and libopenblas0-openmp and build again.");
        }
        try
        {
            TuneMemory();
            string blas = MappedBlas();
            if (!blas.Contains("openblas", StringComparison.Ordinal))
            {
                return TorchCheck.Failed($"the BLAS in use is {(blas.Length == 0 ? "unknown" : blas)} and about fifty times slower than OpenBLAS: install the package libopenblas0-openmp.");
            }
            return new TorchCheck(true, $"libtorch {Version}, {CpuCapability}, {blas}", Version, CpuCapability, blas);
        }
        catch (TypeInitializationException exception)
        {
            return TorchCheck.Failed($"libtorch could not be started: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    /// <summary>Version of the libtorch that the native part was built for.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)NativeMethods.nngpt_torch_version()) ?? string.Empty;

    /// <summary>The kernels that ATen chose: DEFAULT, AVX2 or AVX512.</summary>
    public static string CpuCapability => NativeMethods.TakeString(NativeMethods.nngpt_cpu_capability());

    /// <summary>CUDA devices that this libtorch can use; 0 for a CPU build.</summary>
    public static int CudaDeviceCount => NativeMethods.nngpt_cuda_device_count();

    /// <summary>Keeps freed tensor memory in the process instead of returning it at each step (1.4 times faster training).</summary>
    public static void TuneMemory() => NativeMethods.nngpt_tune_malloc();

    /// <summary>Gives memory that is not in use back to the system.</summary>
    public static void ReleaseMemory() => NativeMethods.nngpt_trim_malloc();

    // /usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3 -> "openblas-openmp/libblas.so.3"
    private static string MappedBlas()
    {
        try
        {
            string[] libraries = [.. File.ReadLines("/proc/self/maps")
                .Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) is var start and >= 0 ? start : line.Length)..])
                .Where(path => path.Contains("blas", StringComparison.Ordinal) || path.Contains("libmkl", StringComparison.Ordinal)).Distinct()];
            string path = libraries.FirstOrDefault(static library => library.Contains("openblas", StringComparison.Ordinal)) ?? libraries.FirstOrDefault() ?? string.Empty;
            return string.Join('/', path.Split('/').TakeLast(2));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
