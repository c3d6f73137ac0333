using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Structure.Tests;

/// <summary>Two sandboxed workers that trace networks: graphs come from where they come from in the product.</summary>
public sealed class Tracing : IAsyncDisposable
{
    private readonly WorkerPool _pool = new(
        new WorkerPoolOptions { Workers = 2, MemoryBytes = 2L << 30 }, NullLogger<WorkerPool>.Instance, TimeProvider.System);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    public async Task<ValidationOutcome> ValidateAsync(string source)
    {
        var request = new ValidateRequest
        {
            Source = source,
            Limits = new LimitSettings { Parameters = 20_000_000, ValidationSeconds = 60, MemoryBytes = 2L << 30 },
            Contract = new ContractSettings { InShape = { 2, 3, 32, 32 }, Classes = 10 },
        };
        var response = await _pool.RunAsync(
            new WorkerRequest { Validate = request }, TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        return response.Validation;
    }

    public async Task<ComputationGraph> GraphAsync(string source)
    {
        var outcome = await ValidateAsync(source);
        Assert.True(outcome.Valid, $"{outcome.Reason} {outcome.Error?.Type} {outcome.Error?.Message} line {outcome.Error?.Line}\n{source}");
        return outcome.Graph;
    }

    public async Task<NetworkStructure> StructureAsync(string source) =>
        NetworkStructure.Of(await GraphAsync(source)) ?? throw new InvalidOperationException("the graph was truncated");
}
