using System.ComponentModel.DataAnnotations;
using Grpc.Core;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;

namespace NnGpt.Cli;

/// <summary>Turns what a command can run into, outside its own control, into one line and an exit code.</summary>
internal static class CommandErrors
{
    public static async Task<int> GuardAsync(Func<CancellationToken, Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command(cancellationToken);
        }
        catch (CommandFailedException failure)
        {
            return Report(failure.Message, failure.ExitCode);
        }
        catch (RpcException failure)
        {
            return failure.StatusCode switch
            {
                StatusCode.Cancelled when cancellationToken.IsCancellationRequested => ExitCode.Interrupted,
                StatusCode.NotFound => Report(Clause(failure.Status.Detail), ExitCode.NotFound),
                StatusCode.InvalidArgument => Report(Clause(failure.Status.Detail), ExitCode.Usage),
                StatusCode.Unavailable or StatusCode.DeadlineExceeded => Report(
                    $"the coordinator does not answer ({failure.Status.Detail}); is the system running? Start it with ./run.sh or `dotnet run --project NnGpt.AppHost`",
                    ExitCode.Unreachable),
                _ => Report($"the coordinator refused: {failure.Status.Detail} ({failure.StatusCode})", ExitCode.Failed),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ValidationException failure)
        {
            return Report(failure.Message, ExitCode.Usage);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Report(missing.Message, ExitCode.NotFound);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException or OutOfMemoryException)
        {
            return Report(failure.Message, ExitCode.Failed);
        }
    }

    /// <summary>"There is no experiment 'x'." after "nngpt: "</summary>
    private static string Clause(string sentence) =>
        sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1])
            ? $"{char.ToLowerInvariant(sentence[0])}{sentence[1..].TrimEnd('.')}"
            : sentence;

    private static int Report(string message, int exitCode)
    {
        Console.Error.WriteLine($"nngpt: {PrintableText.Of(message)}");
        return exitCode;
    }
}
