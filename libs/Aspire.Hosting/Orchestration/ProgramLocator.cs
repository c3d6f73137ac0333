using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds installed programs, and names the Debian package of one that is missing.</summary>
internal static class ProgramLocator
{
    private static readonly string[] s_systemDirectories = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>The dotnet command that this process runs on.</summary>
    public static string DotNet { get; } = FindDotNet();

    /// <exception cref="DistributedApplicationException">It is not installed.</exception>
    public static string Find(string program, string debianPackage, string? alternative = null) =>
        TryFind(program) ?? throw new DistributedApplicationException(
            $"{program} is not installed (apt-get install --no-install-recommends {debianPackage}){(alternative is null ? "" : $", or {alternative}")}");

    /// <summary>The full path of a program on the PATH or in the system's directories; null when there is none.</summary>
    public static string? TryFind(string program)
    {
        if (program.Contains('/'))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(s_systemDirectories).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
    }

    private static string FindDotNet()
    {
        // .../dotnet/shared/Microsoft.NETCore.App/10.0.0/ -> .../dotnet/dotnet
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : TryFind("dotnet") ?? "dotnet";
    }
}
