using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Cli.Validation;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Novelty;

/// <summary>How similar what two files compute is; the files run in sandboxed workers.</summary>
/// <param name="FingerprintEqual">Null when one of them has no graph.</param>
/// <param name="Similarity">0..1; likewise.</param>
/// <param name="Reason">Why there is no graph; else null.</param>
internal sealed record GraphComparison(bool? FingerprintEqual, double? Similarity, string? Reason)
{
    /// <param name="files">Two of them.</param>
    public static async Task<GraphComparison> OfAsync(
        IReadOnlyList<(string Path, byte[] Bytes)> files, ContractSettings contract, double seconds, bool allowUnsandboxed, CancellationToken cancellationToken)
    {
        var template = new ValidateRequest
        {
            Limits = new LimitSettings { Parameters = long.MaxValue, MacsPerImage = long.MaxValue, ValidationSeconds = seconds, MemoryBytes = 4L << 30 },
            Contract = contract,
        };
        var structures = new List<NetworkStructure>();
        try
        {
            await using var pool = new WorkerPool(
                new WorkerPoolOptions { Workers = 1, AllowUnsandboxed = allowUnsandboxed }, NullLogger<WorkerPool>.Instance, TimeProvider.System);
            var validator = new FileValidator(pool);
            foreach (var (path, bytes) in files)
            {
                var outcome = await validator.ValidateAsync(bytes, template, cancellationToken);
                if (!outcome.Valid)
                    return Without($"{path} is not valid: {outcome.Error?.Type} {outcome.Error?.Message}".TrimEnd());
                if (outcome.Graph is null || NetworkStructure.Of(outcome.Graph) is not { } structure)
                    return Without($"the graph of {path} is too large to be recorded");
                structures.Add(structure);
            }
        }
        catch (Exception failure) when (failure is SandboxUnavailableException or WorkerStartException)
        {
            return Without(failure.Message);
        }
        return new GraphComparison(structures[0].Fingerprint == structures[1].Fingerprint, structures[0].SimilarityTo(structures[1]), null);
    }

    private static GraphComparison Without(string reason) => new(null, null, reason);
}
