using System.Collections.Concurrent;

namespace NnGpt.Sandbox;

/// <summary>
/// The one thread that starts child processes. PR_SET_PDEATHSIG follows the thread that created the child, so a
/// child started from a pool thread would be killed when that thread is retired.
/// </summary>
internal static class WorkerThread
{
    private static readonly BlockingCollection<Action> s_work = [];

    static WorkerThread()
    {
        var thread = new Thread(() =>
        {
            foreach (var action in s_work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "worker starter",
        };
        thread.Start();
    }

    public static Task<T> Run<T>(Func<T> start)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_work.Add(() =>
        {
            try
            {
                completion.SetResult(start());
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }
}
