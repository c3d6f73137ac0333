namespace NnGpt.Generator.Embedded;

/// <summary>Tasks of which nobody wants the others when one has failed.</summary>
internal static class AllOrNone
{
    /// <summary>The results in order. At the first failure the rest is cancelled and waited for.</summary>
    public static async Task<T[]> WhenAllAsync<T>(Func<CancellationToken, IEnumerable<Task<T>>> start, CancellationToken cancellationToken)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T>[] tasks = [.. start(rest.Token)];
        try
        {
            await foreach (var task in Task.WhenEach(tasks))
            {
                await task;
            }
        }
        catch
        {
            await rest.CancelAsync();
            await ((Task)Task.WhenAll(tasks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            throw;
        }

        return await Task.WhenAll(tasks);
    }
}
