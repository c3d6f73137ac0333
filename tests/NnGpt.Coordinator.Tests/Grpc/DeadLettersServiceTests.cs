using Grpc.Core;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Tests.Grpc;

public sealed class DeadLettersServiceTests : IAsyncLifetime
{
    private CoordinatorHost _host = null!;
    private DeadLetters.DeadLettersClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CoordinatorHost.StartAsync();
        _client = new DeadLetters.DeadLettersClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Watch_DiscardedLetter_IsToldAndNoLongerThere()
    {
        await _host.Store.WriteAsync(sql => sql.KeepDeadLetter(new DeadLetter("validator", "rejected", "foreign", new byte[] { 1, 2, 3 }), new MessageContext("id", "key", false, 0, default), 5), Cancel);
        using var call = _client.Watch(new WatchDeadLettersRequest(), cancellationToken: Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        var letter = Assert.Single(call.ResponseStream.Current.Letters);
        Assert.Equal(("validator", 3, ""), (letter.Queue, letter.Bytes, letter.Candidate));
        Assert.Equal([1, 2, 3], (await _client.GetAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel)).Body.ToByteArray());
        var refused = await Assert.ThrowsAsync<RpcException>(() => _client.ReturnAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "It cannot be put back: it is about no candidate, so that nothing waits for it."), (refused.StatusCode, refused.Status.Detail));

        await _client.DiscardAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel);

        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        Assert.Empty(call.ResponseStream.Current.Letters);
        foreach (var again in (Func<Task>[])
        [
            () => _client.GetAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel).ResponseAsync,
            () => _client.ReturnAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel).ResponseAsync,
            () => _client.DiscardAsync(new DeadLetterRequest { Id = letter.Id }, cancellationToken: Cancel).ResponseAsync,
        ])
        {
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(again)).StatusCode);
        }
    }
}
