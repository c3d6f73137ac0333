using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tests.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class EnvironmentTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly DataDirectory _data;

    public EnvironmentTests() => _data = DataDirectory.Open(_directory.Path);

    [Fact]
    public async Task WithReference_Service_InjectsEveryEndpointOfEveryReplica()
    {
        var builder = RunningApplication.CreateBuilder();
        var trainer = builder.AddProject("trainer", TestApp.Project)
            .WithHttpEndpoint(env: "HTTP_PORT").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithReplicas(2);
        Allocate(trainer.Resource, "http", 5001, 5003);
        Allocate(trainer.Resource, "grpc", 5002, 5004);
        var caller = builder.AddExecutable("caller", "/bin/sh", ".").WithReference(trainer).WithEnvironment("URL", trainer.GetEndpoint("grpc"));

        var environment = await EnvironmentOfAsync(caller.Resource);

        Assert.Equal("http://127.0.0.1:5001", environment["services__trainer__http__0"]);
        Assert.Equal("http://127.0.0.1:5003", environment["services__trainer__http__1"]);
        Assert.Equal("http://127.0.0.1:5002", environment["services__trainer__grpc__0"]);
        Assert.Equal("http://127.0.0.1:5004", environment["services__trainer__grpc__1"]);
        Assert.Equal("http://127.0.0.1:5002", environment["URL"]);
        Assert.Equal("5004", (await EnvironmentOfAsync(trainer.Resource, replica: 1))["GRPC_PORT"]);
    }

    [Fact]
    public async Task Project_Environment_HasUrlsAndTelemetry()
    {
        var builder = RunningApplication.CreateBuilder();
        var web = builder.AddProject("web", TestApp.Project).WithHttpEndpoint();
        Allocate(web.Resource, "http", 5001);

        var environment = await EnvironmentOfAsync(web.Resource, otlp: "http://127.0.0.1:4317");

        Assert.Equal("http://127.0.0.1:5001", environment["ASPNETCORE_URLS"]);
        Assert.Equal("web", environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("service.instance.id=web-0", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("http://127.0.0.1:4317", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    }

    [Fact]
    public async Task Project_PortGivenByVariable_IsNotInTheUrls()
    {
        var builder = RunningApplication.CreateBuilder();
        var web = builder.AddProject("web", TestApp.Project).WithHttpEndpoint(env: "HTTP_PORT");
        Allocate(web.Resource, "http", 5001);

        var environment = await EnvironmentOfAsync(web.Resource);

        Assert.False(environment.ContainsKey("ASPNETCORE_URLS"));
        Assert.Equal("5001", environment["HTTP_PORT"]);
    }

    [Fact]
    public async Task WithReference_ConnectionStringOfTheUser_IsInjectedAndNothingIsStarted()
    {
        var builder = RunningApplication.CreateBuilder("--ConnectionStrings:redis=elsewhere:6379", "--ConnectionStrings:rabbitmq=amqp://elsewhere", "--ConnectionStrings:db=x");
        var redis = builder.AddRedis("redis");
        var rabbitmq = builder.AddRabbitMQ("rabbitmq");
        var caller = builder.AddExecutable("caller", "/bin/sh", ".")
            .WithReference(redis).WithReference(rabbitmq, "bus").WithReference(builder.AddConnectionString("db"));

        var environment = await EnvironmentOfAsync(caller.Resource);

        Assert.Equal("elsewhere:6379", environment["ConnectionStrings__redis"]);
        Assert.Equal("amqp://elsewhere", environment["ConnectionStrings__bus"]);
        Assert.Equal("x", environment["ConnectionStrings__db"]);
        Assert.All(builder.Resources.OfType<IProcessResource>(), resource => Assert.True(resource.IsExternal));
    }

    [Fact]
    public async Task WithReference_ConnectionStringIsMissing_SaysHowToGiveIt()
    {
        var builder = RunningApplication.CreateBuilder();
        var caller = builder.AddExecutable("caller", "/bin/sh", ".").WithReference(builder.AddConnectionString("db"));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => EnvironmentOfAsync(caller.Resource));

        Assert.Contains("--ConnectionStrings:db=", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddParameter_ConfiguredOrNot_GivesTheValueOrItsDefault()
    {
        var builder = RunningApplication.CreateBuilder("--Parameters:given=here");
        var caller = builder.AddExecutable("caller", "/bin/sh", ".")
            .WithEnvironment("GIVEN", builder.AddParameter("given"))
            .WithEnvironment("DEFAULT", builder.AddParameter("other", "there"));

        var environment = await EnvironmentOfAsync(caller.Resource);

        Assert.Equal("here", environment["GIVEN"]);
        Assert.Equal("there", environment["DEFAULT"]);
    }

    [Fact]
    public void AddResource_NameTwice_IsRefused()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("a", "x", ".");

        Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("A", "x", "."));
        Assert.Throws<ArgumentException>(() => builder.AddExecutable("a b", "x", "."));
    }

    public void Dispose()
    {
        _data.Dispose();
        _directory.Dispose();
    }

    private static void Allocate(IResource resource, string endpoint, params int[] ports)
    {
        var annotation = resource.Annotations.OfType<EndpointAnnotation>().Single(candidate => candidate.Name == endpoint);
        foreach (int port in ports)
        {
            annotation.Allocate(port);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentOfAsync(IResource resource, int replica = 0, string? otlp = null)
    {
        var options = new OrchestratorOptions { DataDirectory = _directory.Path, OtlpEndpoint = otlp };
        var command = await new CommandBuilder(_data, options).BuildAsync(resource, replica, $"{resource.Name}-{replica}", TestContext.Current.CancellationToken);
        return command.Environment;
    }
}
