using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.ServiceDefaults.Grpc;

/// <summary>gRPC as server and as client.</summary>
public static class GrpcExtensions
{
    /// <summary>Largest message in either direction: 64 MiB.</summary>
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    internal static void AddGrpcServer(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
            grpc.MaxSendMessageSize = MaxMessageBytes;
            grpc.Interceptors.Add<ExceptionInterceptor>();
        });
    }

    /// <summary>
    /// Registers a generated client of another service, whose address is services:&lt;service&gt;:grpc:0
    /// (environment: services__coordinator__grpc__0=http://127.0.0.1:5001). UNAVAILABLE is tried again by gRPC's own
    /// retry policy; a unary call without a deadline gets one of 30 s.
    /// </summary>
    public static IHostApplicationBuilder AddServiceClient<TClient>(this IHostApplicationBuilder builder, string service)
        where TClient : ClientBase
    {
        string key = $"services:{service}:grpc:0";
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddGrpcClient<TClient>((provider, client) =>
            {
                string? address = provider.GetRequiredService<IConfiguration>()[key];
                client.Address = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                    ? uri
                    : throw new InvalidOperationException($"{key} is '{address}'; it must be an http address such as http://127.0.0.1:5001.");
            })
            .ConfigureChannel(channel =>
            {
                channel.MaxReceiveMessageSize = MaxMessageBytes;
                channel.MaxSendMessageSize = MaxMessageBytes;
                channel.ServiceConfig = s_retries;
            })
            .AddInterceptor(provider => new DefaultDeadlineInterceptor(provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Clients of the Coordinator: <see cref="Experiments.ExperimentsClient"/> and <see cref="ArtifactClient"/>.</summary>
    public static IHostApplicationBuilder AddCoordinatorClient(this IHostApplicationBuilder builder)
    {
        builder.AddServiceClient<Experiments.ExperimentsClient>("coordinator");
        builder.AddServiceClient<Protocol.V1.Artifacts.ArtifactsClient>("coordinator");
        builder.Services.TryAddTransient<ArtifactClient>();
        return builder;
    }

    private static readonly ServiceConfig s_retries = new()
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 5,
                    InitialBackoff = TimeSpan.FromMilliseconds(200),
                    MaxBackoff = TimeSpan.FromSeconds(3),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },
    };
}
