using System.Collections.Concurrent;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The one thread that starts processes. A child's parent-death signal is tied to the thread that made it,
/// so this thread lives as long as the AppHost.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> s_work = [];

    static SpawnThread() => new Thread(Run) { IsBackground = true, Name = "spawn" }.Start();

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception failure)
            {
                result.SetException(failure);
            }
        });
        return result.Task;
    }

    private static void Run()
    {
        foreach (var work in s_work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
