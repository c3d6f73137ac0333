using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

/// <summary>A program that owns a pool: prints the ids of its workers, one of them busy for ever, and waits to be killed.</summary>
internal static class TestHost
{
    public static async Task<int> RunAsync()
    {
        var options = new WorkerPoolOptions { Workers = 2, WorkerPath = typeof(TestHost).Assembly.Location, MemoryBytes = 1L << 30 };
        await using var pool = new WorkerPool(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        var hello = new WorkerRequest { Validate = new ValidateRequest { Source = "hello" } };
        while (pool.WarmWorkers < 2)
        {
            await pool.RunAsync(hello, TimeSpan.FromMinutes(1), CancellationToken.None);
        }
        hello.Validate.Source = "hang-on-all-threads";
        var hanging = pool.RunAsync(hello, TimeSpan.FromHours(1), CancellationToken.None);
        Console.WriteLine(string.Join(' ', pool.ProcessIds));
        await hanging;
        return 0;
    }
}
