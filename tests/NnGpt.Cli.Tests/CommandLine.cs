using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NnGpt.Cli.Tests;

/// <summary>`nngpt` as a process of its own.</summary>
internal static class CommandLine
{
    private static readonly string s_program = Path.Combine(
        Checkout(), "src", "Programs", "NnGpt.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "nngpt.dll");

    public static string EmbeddedModel { get; } = Path.Combine(Checkout(), "models", "nngpt-small");

    /// <summary>Runs a command to its end: exit code, standard output, standard error.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Runs a command and kills it (SIGKILL) as soon as it prints a line with that text.</summary>
    public static async Task KillAtAsync(string text, CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                process.Kill();
                await process.WaitForExitAsync(cancellationToken);
                Assert.Equal(128 + 9, process.ExitCode);
                return;
            }
        }
        Assert.Fail($"ended before it printed '{text}': {await error}");
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [s_program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static string Checkout([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
