using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NnGpt.Torch.Interop;

/// <summary>
/// Loads libnngpt_torch.so, after setting the environment variables that libtorch and OpenMP read while they are loaded.
/// Environment.SetEnvironmentVariable is invisible to native code, hence libc's setenv.
/// </summary>
internal static partial class NativeLoader
{
    public const string LibraryName = "nngpt_torch";

    private static readonly Lock s_gate = new();
    private static bool s_registered;
    private static nint s_library;

    public static void Register()
    {
        lock (s_gate)
        {
            if (!s_registered)
            {
                s_registered = true;
                NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
            }
        }
    }

    /// <summary>Loads the library without throwing; null and the loader's reason when it cannot be loaded.</summary>
    public static bool TryLoad(out string reason)
    {
        try
        {
            reason = string.Empty;
            return Load() != 0;
        }
        catch (DllNotFoundException exception)
        {
            reason = exception.Message.Split('\n').FirstOrDefault(line => line.Contains("cannot open", StringComparison.Ordinal)) ?? exception.Message;
            return false;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == LibraryName ? Load() : 0;

    private static nint Load()
    {
        lock (s_gate)
        {
            if (s_library == 0)
            {
                if (Avx512F.VL.IsSupported && Avx512BW.IsSupported)
                {
                    SetDefault("ATEN_CPU_CAPABILITY", "avx512");
                }
                // Waiting OpenMP threads sleep instead of spinning: processes share the cores.
                SetDefault("OMP_WAIT_POLICY", "passive");
                s_library = NativeLibrary.Load(LibraryName, typeof(NativeLoader).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories);
            }
            return s_library;
        }
    }

    private static void SetDefault(string name, string value)
    {
        _ = setenv(name, value, overwrite: 0);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
