using NnGpt.Torch;

namespace NnGpt.Worker;

/// <summary>Keeps what one candidate used from being counted against the next.</summary>
internal sealed class MemoryKeeper
{
    // Freed tensors stay in the process for the next ones up to this.
    private const long Slack = 256L << 20;

    private readonly long _base = Resident();

    /// <summary>After a candidate. False when the memory cannot be had back.</summary>
    public bool Recover()
    {
        if (Resident() <= _base + Slack)
        {
            return true;
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        TorchRuntime.ReleaseMemory();
        return Resident() <= _base + 2 * Slack;
    }

    private static long Resident() => Environment.WorkingSet;
}
