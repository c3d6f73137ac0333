namespace NnGpt.Cli;

/// <summary>A command cannot go on; the message is for the user, the code for the shell.</summary>
internal sealed class CommandFailedException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
