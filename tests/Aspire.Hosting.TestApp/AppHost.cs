using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.TestApp;

/// <summary>Two brokers, a service with two replicas, and a script that leaves a grandchild behind.</summary>
internal static class AppHost
{
    public static void Run(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        var script = builder.AddExecutable("script", "/bin/sh", builder.Configuration["Aspire:Store:Path"]!, "-c", "sleep 1000 & wait");
        if (builder.Configuration.GetValue<bool>("Brokers"))
        {
            var redis = builder.AddRedis("redis");
            var rabbitmq = builder.AddRabbitMQ("rabbitmq");
            builder.AddProject("service", "Aspire.Hosting.TestApp.csproj")
                .WithHttpEndpoint(env: "HTTP_PORT")
                .WithHttpHealthCheck("/health")
                .WithReference(redis).WaitFor(redis)
                .WithReference(rabbitmq).WaitFor(rabbitmq)
                .WaitFor(script)
                .WithReplicas(2);
        }

        builder.Build().Run();
    }
}
