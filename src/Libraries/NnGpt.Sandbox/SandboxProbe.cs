using System.Diagnostics;

namespace NnGpt.Sandbox;

/// <summary>Finds out, by trying, which sandbox layers work on this machine.</summary>
public static class SandboxProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Tries each layer once; takes some tens of milliseconds.</summary>
    /// <param name="launcher">Path of nngpt-sandbox.</param>
    public static SandboxCapabilities Run(string launcher)
    {
        var (exitCode, output, error) = Execute(launcher, ["--probe"]);
        if (exitCode != 0)
        {
            throw new WorkerStartException($"{launcher} --probe failed: {error}");
        }
        int landlock = 0;
        bool seccomp = false;
        foreach (string line in output.Split('\n'))
        {
            // "landlock 7", "seccomp 1"
            switch (line.Split(' '))
            {
                case ["landlock", var version]:
                    landlock = int.Parse(version);
                    break;
                case ["seccomp", var available]:
                    seccomp = available == "1";
                    break;
            }
        }
        var (bubblewrap, problem) = ProbeBubblewrap(launcher);
        return new SandboxCapabilities(bubblewrap, problem, landlock, seccomp);
    }

    private static (string? Path, string? Problem) ProbeBubblewrap(string launcher)
    {
        string? path = Environment.GetEnvironmentVariable("PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/bin").Select(folder => Path.Combine(folder, "bwrap")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return (null, "bwrap is not installed");
        }
        try
        {
            var (exitCode, _, error) = Execute(path, [.. BubblewrapArguments.Build([Path.GetDirectoryName(launcher)!]), launcher, "--probe"]);
            return exitCode == 0 ? (path, null) : (null, error.Trim());
        }
        catch (WorkerStartException failure)
        {
            return (null, failure.Message);
        }
    }

    private static (int ExitCode, string Output, string Error) Execute(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return WorkerThread.Run(() =>
        {
            try
            {
                using var process = Process.Start(start)!;
                var output = process.StandardOutput.ReadToEndAsync();
                var error = process.StandardError.ReadToEndAsync();
                if (!process.WaitForExit(s_patience))
                {
                    process.Kill();
                    throw new WorkerStartException($"{program} did not end within {s_patience.TotalSeconds:0} s");
                }
                return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                throw new WorkerStartException($"{program}: {error.Message}", error);
            }
        }).GetAwaiter().GetResult();
    }
}
