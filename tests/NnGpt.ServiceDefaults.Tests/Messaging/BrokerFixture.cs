using NnGpt.Testing.Infrastructure;

namespace NnGpt.ServiceDefaults.Tests.Messaging;

/// <summary>One broker for the tests of a class.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private RabbitMqServer? _server;

    public RabbitMqServer Server
    {
        get
        {
            Assert.SkipUnless(RabbitMqServer.Unavailable is null, RabbitMqServer.Unavailable ?? "");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.Unavailable is null)
            _server = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
