namespace NnGpt.Cli;

/// <summary>Exit codes of every command; scripts rely on them.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int NotFound = 4;
    public const int Interrupted = 130;
}
