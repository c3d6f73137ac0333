using System.Diagnostics;

namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>What a finished command printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public static async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, string home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NNGPT_HOME"] = home },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
