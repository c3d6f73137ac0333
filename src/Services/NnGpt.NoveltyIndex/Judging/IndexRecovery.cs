using Grpc.Core;
using NnGpt.Corpus.Chat;
using NnGpt.Novelty;
using NnGpt.Protocol.V1;

namespace NnGpt.NoveltyIndex.Judging;

/// <summary>
/// Redis holds nothing that cannot be made again: when it has lost an experiment, the Coordinator's record of what was
/// admitted restores the archive at once, and the base corpus comes with its IndexCorpus call at the next cycle.
/// </summary>
internal sealed partial class IndexRecovery(
    RedisNoveltyIndex index, Experiments.ExperimentsClient coordinator, ILogger<IndexRecovery> logger)
{
    public async Task EnsureAsync(string experiment, NoveltySettings settings, CancellationToken cancellationToken)
    {
        var stats = await index.GetStatsAsync(experiment, cancellationToken);
        if (stats.Known)
            return;
        int restored = 0;
        try
        {
            using var call = coordinator.GetCorpus(new GetExperimentRequest { Id = experiment }, cancellationToken: cancellationToken);
            await foreach (var pair in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                var chat = ChatJsonl.Read(new StringReader(pair.Json)).First();
                string source = CodeBlock.Extract(chat.Assistant).Source;
                if (await index.RestoreAdmittedAsync(experiment, pair.Id, source, settings, cancellationToken))
                    restored++;
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // An experiment of its own, not one of the Coordinator's.
        }
        IndexWasMissing(logger, experiment, restored);
    }

    [LoggerMessage(400, LogLevel.Warning, "Redis has no index of {Experiment}: restored {Restored} admitted candidates; its corpus follows when the Coordinator indexes it")]
    private static partial void IndexWasMissing(ILogger logger, string experiment, int restored);
}
