using Grpc.Core;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

/// <summary>Streams the base corpus to the novelty service.</summary>
internal sealed class NoveltyCorpusIndex(Protocol.V1.Novelty.NoveltyClient client, BaseCorpus corpus, TimeProvider time) : ICorpusIndex
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    public async Task IndexAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        using var call = client.IndexCorpus(deadline: time.GetUtcNow().UtcDateTime + s_deadline, cancellationToken: cancellationToken);
        try
        {
            foreach (var document in IndexDocuments.Of(experiment, corpus))
                await call.RequestStream.WriteAsync(document, cancellationToken);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or RpcException { StatusCode: StatusCode.OK })
        {
            // The service has answered before the stream ended: its error follows.
        }
        await call.ResponseAsync;
    }
}
