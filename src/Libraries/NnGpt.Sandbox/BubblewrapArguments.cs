namespace NnGpt.Sandbox;

/// <summary>Arguments of bwrap: new namespaces, no capabilities, and a file system of a few read-only folders.</summary>
internal static class BubblewrapArguments
{
    public static List<string> Build(IEnumerable<string> readOnlyPaths)
    {
        List<string> arguments =
        [
            "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
            "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "worker",
            "--proc", "/proc", "--dev", "/dev",
        ];
        foreach (string path in SystemPaths.Readable.Where(p => !p.StartsWith("/proc", StringComparison.Ordinal) && !p.StartsWith("/dev", StringComparison.Ordinal))
            .Concat(readOnlyPaths).Distinct())
        {
            arguments.AddRange(["--ro-bind-try", path, path]);
        }
        arguments.AddRange(["--remount-ro", "/", "--chdir", "/"]);
        return arguments;
    }
}
