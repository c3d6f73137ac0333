using Grpc.Core;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

internal sealed class DeadLettersService(
    ExperimentEngine engine, CoordinatorStore store, ExperimentChanges changes, TimeProvider time, IHostApplicationLifetime lifetime) : DeadLetters.DeadLettersBase
{
    private const int LettersInList = 200;

    public override Task Watch(WatchDeadLettersRequest request, IServerStreamWriter<DeadLetterList> responseStream, ServerCallContext context)
    {
        DeadLetterList? told = null;
        return changes.SubscribeToAll().TellAsync(context, time, lifetime, async cancellationToken =>
        {
            var now = store.Read(sql => sql.ListDeadLetters(LettersInList));
            if (!now.Equals(told))
                await responseStream.WriteAsync(told = now, cancellationToken);
            return true;
        });
    }

    public override Task<DeadLetterBody> Get(DeadLetterRequest request, ServerCallContext context) =>
        Task.FromResult(store.Read(sql => sql.FindDeadLetterBody(request.Id)) ?? throw Unknown(request.Id));

    public override async Task<DeadLetterAnswer> Return(DeadLetterRequest request, ServerCallContext context)
    {
        var (known, refusal) = await engine.ReturnAsync(request.Id, context.CancellationToken);
        if (!known)
            throw Unknown(request.Id);
        return refusal is null ? new DeadLetterAnswer() : throw new RpcException(new Status(StatusCode.FailedPrecondition, $"It cannot be put back: {refusal}."));
    }

    public override async Task<DeadLetterAnswer> Discard(DeadLetterRequest request, ServerCallContext context)
    {
        if (!await store.WriteAsync(sql => sql.DeleteDeadLetter(request.Id), context.CancellationToken))
            throw Unknown(request.Id);
        changes.NotifyAll();
        return new DeadLetterAnswer();
    }

    private static RpcException Unknown(long id) => new(new Status(StatusCode.NotFound, $"There is no dead letter {id} any more."));
}
