using NnGpt.Testing.Infrastructure;
using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

/// <summary>One redis-server for the tests of a class.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;
    private ConnectionMultiplexer? _connection;

    public RedisServer Server => Require(_server);

    public IConnectionMultiplexer Connection => Require(_connection);

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.Unavailable is not null)
            return;
        _server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        _connection = await ConnectionMultiplexer.ConnectAsync($"{_server.ConnectionString},abortConnect=false,allowAdmin=true");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static T Require<T>(T? value)
        where T : class
    {
        Assert.SkipUnless(RedisServer.Unavailable is null, RedisServer.Unavailable ?? "");
        return value!;
    }
}
