using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox;

public sealed partial class WorkerPool
{
    [LoggerMessage(2001, LogLevel.Information, "Worker {ProcessId} is warm after {Seconds:0.00} s, confined by {Sandbox}")]
    private static partial void LogWarm(ILogger logger, int processId, double seconds, string sandbox);

    [LoggerMessage(2002, LogLevel.Warning, "Worker did not start (attempt {Attempt}): {Problem}")]
    private static partial void LogStartFailed(ILogger logger, int attempt, string problem);

    [LoggerMessage(2003, LogLevel.Information, "Worker {ProcessId} is replaced: its candidate got {Reason}; it ended by {End}")]
    private static partial void LogLost(ILogger logger, int processId, RejectionReason reason, string end);

    [LoggerMessage(2004, LogLevel.Warning, "Workers are NOT confined by the kernel: AllowUnsandboxed is set and no sufficient sandbox works here")]
    private static partial void LogUnsandboxed(ILogger logger);
}
