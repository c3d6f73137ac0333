using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>One real worker for the corpus, with little memory, so that what grows is stopped soon.</summary>
public sealed class HostileWorker : IAsyncDisposable
{
    private const long Memory = 1L << 30;

    // An attempt that goes on for ever is stopped after the first; the others have all the time that a busy machine may need.
    private const double Endless = 0.3;
    private const double Patience = 120;

    private readonly WorkerPool _pool = new(
        new WorkerPoolOptions { MemoryBytes = Memory, RecycleAfter = 1_000_000 }, NullLogger<WorkerPool>.Instance, TimeProvider.System);

    /// <summary>The worker's process; another one after it had to be replaced.</summary>
    public int ProcessId => _pool.ProcessIds.SingleOrDefault();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    public Task<ValidationOutcome> TryAsync(HostileAttempt attempt) =>
        ValidateAsync(attempt.Source, attempt.Expected.Contains(RejectionReason.Time) ? Endless : Patience);

    /// <summary>A well-meant network: what it computes tells whether an attempt left anything behind.</summary>
    public Task<ValidationOutcome> ValidateKnownAsync() => ValidateAsync(RealWorker.Source("residual.py"), Patience);

    private async Task<ValidationOutcome> ValidateAsync(string source, double seconds)
    {
        var request = new ValidateRequest
        {
            Source = source,
            Contract = new ContractSettings { InShape = { 2, 1, 28, 28 }, Classes = 10, LearnSteps = 1 },
            Limits = new LimitSettings { Parameters = 500_000, ValidationSeconds = seconds, MemoryBytes = Memory },
        };
        var response = await _pool.RunAsync(
            new WorkerRequest { Validate = request }, TimeSpan.FromSeconds(seconds + 1), TestContext.Current.CancellationToken);
        return response.Validation;
    }
}
