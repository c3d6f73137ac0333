namespace NnGpt.Coordinator.Cycles;

internal sealed partial class ExperimentEngine
{
    [LoggerMessage(300, LogLevel.Information, "{Experiment}: cycle {Cycle} asks for {Count} candidates, threshold {Threshold:F3}, adapter '{Adapter}'")]
    private static partial void CycleStarted(ILogger logger, string experiment, int cycle, int count, double threshold, string adapter);

    [LoggerMessage(301, LogLevel.Information, "{Experiment} {End} {Why}")]
    private static partial void Ended(ILogger logger, string experiment, string end, string why);

    [LoggerMessage(302, LogLevel.Information, "{Experiment}: started")]
    private static partial void Started(ILogger logger, string experiment);

    [LoggerMessage(303, LogLevel.Information, "{Experiment}: cycle {Cycle} has its adapter {Adapter}")]
    private static partial void AdapterTaken(ILogger logger, string experiment, int cycle, string adapter);

    [LoggerMessage(304, LogLevel.Warning, "{Experiment}: fine-tuning after cycle {Cycle} failed, it goes on with the adapter it has: {Error}")]
    private static partial void AdapterMissing(ILogger logger, string experiment, int cycle, string error);

    [LoggerMessage(305, LogLevel.Warning, "{Experiment}: no progress for {Seconds:F0} s, {Count} messages sent again (time {Resend})")]
    private static partial void SentAgain(ILogger logger, string experiment, double seconds, int count, int resend);

    [LoggerMessage(306, LogLevel.Warning, "{Candidate} is given up: {Reason} {Detail}")]
    private static partial void GaveUp(ILogger logger, string candidate, string reason, string detail);

    [LoggerMessage(307, LogLevel.Information, "{Experiment}: a dead letter is put back, {Count} candidates wait again from {Candidate} on")]
    private static partial void PutBack(ILogger logger, string experiment, int count, string candidate);
}
