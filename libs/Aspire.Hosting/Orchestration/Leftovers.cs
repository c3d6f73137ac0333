using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Processes of an AppHost that was killed are dying when its successor starts; a broker that still writes must be gone
/// before another opens its files.
/// </summary>
internal static partial class Leftovers
{
    private const int Kill = 9;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <exception cref="DistributedApplicationException">One of them does not end.</exception>
    public static async Task WaitForEndAsync(string stateFile, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (StateReader.TryRead(stateFile) is not { } state)
        {
            return;
        }

        long start = timeProvider.GetTimestamp();
        foreach (var resource in state.Resources)
        {
            while (resource is { Pid: { } id, ProcessStart: { } startTime } && ProcessTable.StartTime(id) == startTime)
            {
                SendSignal(id, Kill);
                if (timeProvider.GetElapsedTime(start) > s_deadline)
                {
                    throw new DistributedApplicationException($"process {id} ({resource.Name}) of an earlier AppHost does not end");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), timeProvider, cancellationToken);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
