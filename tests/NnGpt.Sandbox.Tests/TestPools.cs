using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>Pools of the test worker, which does what its "source" says.</summary>
internal static class TestPools
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    public static string TestWorkerPath { get; } = Path.Combine(AppContext.BaseDirectory, "test-worker", "NnGpt.Sandbox.TestWorker.dll");

    public static SandboxCapabilities Capabilities { get; } = SandboxProbe.Run(Path.Combine(Path.GetDirectoryName(TestWorkerPath)!, "nngpt-sandbox"));

    public static WorkerPool Create(Action<WorkerPoolOptions>? configure = null)
    {
        var options = new WorkerPoolOptions { WorkerPath = TestWorkerPath, MemoryBytes = 1L << 30, WorkerTorchThreads = 1 };
        configure?.Invoke(options);
        return new WorkerPool(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);
    }

    public static async Task<ValidationOutcome> SayAsync(this WorkerPool pool, string source, double seconds = 300)
    {
        var request = new WorkerRequest { Validate = new ValidateRequest { Source = source } };
        var response = await pool.RunAsync(request, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        return response.Validation;
    }
}
