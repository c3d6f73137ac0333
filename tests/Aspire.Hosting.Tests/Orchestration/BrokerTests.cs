using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.Hosting.Tests.Orchestration;

/// <summary>The installed brokers as resources.</summary>
public sealed class BrokerTests : IDisposable
{
    private const int Kill = 9;
    private const string Queue = "work";
    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task Redis_KilledAndRestarted_KeepsWhatItAcknowledged()
    {
        await WithRedisAsync(async (application, redis) =>
        {
            Assert.Equal("+OK", await AskAsync(redis, "SET written before"));

            TestApp.Signal(application.State("redis").Pid!.Value, Kill);
            await application.UntilAsync("redis", state => state is { Restarts: 1, Health: "healthy" }, "is back");

            Assert.Equal("$6", await AskAsync(redis, "GET written"));
        });

        await WithRedisAsync(async (_, redis) => Assert.Equal("$6", await AskAsync(redis, "GET written")));
    }

    [Fact]
    public async Task Redis_WithoutPassword_Refuses()
    {
        await WithRedisAsync(async (_, redis) =>
        {
            int port = new EndpointReference(redis, "tcp").Port;
            Assert.StartsWith("-NOAUTH", await AskAsync(port, "GET written"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task RabbitMQ_KilledAndRestarted_KeepsConfirmedMessagesOfAQuorumQueue()
    {
        await WithRabbitMQAsync(async (application, broker) =>
        {
            await PublishAsync(broker, "first");
            await UntilRegisteredAsync();
            TestApp.Signal(application.State("rabbitmq").Pid!.Value, Kill);
            await application.UntilAsync("rabbitmq", state => state is { Restarts: 1, Health: "healthy" }, "is back");
            await PublishAsync(broker, "second");
        });

        await WithRabbitMQAsync(async (_, broker) =>
        {
            await using var connection = await ConnectAsync(broker);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
            foreach (string expected in (string[])["first", "second"])
            {
                BasicGetResult? message = null;
                await Eventually.TrueAsync($"the queue gives '{expected}'", () =>
                    (message = channel.BasicGetAsync(Queue, autoAck: true, TestContext.Current.CancellationToken).GetAwaiter().GetResult()) is not null);
                Assert.Equal(expected, Encoding.UTF8.GetString(message!.Body.Span));
            }
        });
    }

    public void Dispose() => _directory.Dispose();

    private async Task WithRedisAsync(Func<RunningApplication, RedisResource, Task> test)
    {
        var builder = RunningApplication.CreateBuilder();
        var redis = builder.AddRedis("redis").WithDataBindMount(_directory.Combine("redis-data"));
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));
        await application.UntilHealthyAsync("redis");
        await test(application, redis.Resource);
        await application.StopAsync();
    }

    private async Task WithRabbitMQAsync(Func<RunningApplication, RabbitMQServerResource, Task> test)
    {
        var builder = RunningApplication.CreateBuilder();
        var broker = builder.AddRabbitMQ("rabbitmq").WithDataBindMount(_directory.Combine("rabbitmq-data"));
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));
        await application.UntilHealthyAsync("rabbitmq");
        await test(application, broker.Resource);
        await application.StopAsync();
    }

    // The broker saves a new queue's registration within a moment of its declaration: before that, no kill is survived.
    private async Task UntilRegisteredAsync()
    {
        string node = Path.Combine(_directory.Combine("rabbitmq-data"), "data", "broker@localhost", "quorum", "broker@localhost");
        string queue = Path.GetFileName(Assert.Single(Directory.GetDirectories(node)));
        await Eventually.TrueAsync("the queue's registration is saved", () => ((string[])["names.dets", "meta.dets"])
            .All(table => File.ReadAllBytes(Path.Combine(node, table)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(queue)) >= 0));
    }

    private static async Task<string> AskAsync(RedisResource redis, string command)
    {
        // "127.0.0.1:6379,password=secret"
        string[] parts = (await redis.GetConnectionStringAsync(TestContext.Current.CancellationToken))!.Split(",password=");
        return await AskAsync(int.Parse(parts[0].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), $"AUTH {parts[1]}", command);
    }

    // The first line of the last command's answer.
    private static async Task<string> AskAsync(int port, params string[] commands)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        string answer = "";
        foreach (string command in commands)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
            answer = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        }

        return answer;
    }

    private static async Task PublishAsync(RabbitMQServerResource broker, string text)
    {
        await using var connection = await ConnectAsync(broker);
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await connection.CreateChannelAsync(options, TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: TestContext.Current.CancellationToken);

        // For a moment after a crash the queue has no leader, and the broker refuses.
        await Eventually.TrueAsync("the broker confirms", () =>
        {
            try
            {
                channel.BasicPublishAsync(
                    "", Queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken)
                    .AsTask().GetAwaiter().GetResult();
                return true;
            }
            catch (PublishException)
            {
                return false;
            }
        });
    }

    private static async Task<IConnection> ConnectAsync(RabbitMQServerResource broker)
    {
        string address = (await broker.GetConnectionStringAsync(TestContext.Current.CancellationToken))!;
        return await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
    }
}
