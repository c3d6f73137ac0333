using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>One pool of the real worker for the tests that need it: it takes a second or two to warm up.</summary>
public sealed class RealWorker : IAsyncDisposable
{
    public WorkerPool Pool { get; } = new(
        new WorkerPoolOptions { MemoryBytes = 2L << 30, DataDirectory = Environment.GetEnvironmentVariable("NNGPT_DATA") },
        NullLogger<WorkerPool>.Instance,
        TimeProvider.System);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();

    public static string Source(string network) => File.ReadAllText(PathOf(network));

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Networks", file);

    public async Task<ValidationOutcome> ValidateAsync(string source, double seconds = 120)
    {
        var request = new ValidateRequest
        {
            Source = source,
            Task = new TaskSettings { Dataset = "fashion-mnist" },
            Limits = new LimitSettings { Parameters = 500_000, ValidationSeconds = seconds, MemoryBytes = 2L << 30 },
        };
        var response = await Pool.RunAsync(
            new WorkerRequest { Validate = request }, TimeSpan.FromSeconds(seconds + 5), TestContext.Current.CancellationToken);
        return response.Validation;
    }
}
