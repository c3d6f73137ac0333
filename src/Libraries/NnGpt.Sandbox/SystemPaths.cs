namespace NnGpt.Sandbox;

/// <summary>What a worker may read of the operating system: libraries, and what the runtime asks of the machine.</summary>
internal static class SystemPaths
{
    public static readonly string[] Readable =
    [
        "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives",
        "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage",
        "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/stat",
        "/dev/urandom", "/dev/random", "/dev/zero",
    ];

    public static readonly string[] Writable = ["/dev/null"];

    /// <summary>The dotnet that runs this process, so that workers run on the same one.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(
        System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
