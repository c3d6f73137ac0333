using System.Net;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace NnGpt.ServiceDefaults.Tests.Hosting;

public sealed class ServiceDefaultsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_ACheckFails_IsNotReadyButAliveOnBothProtocols()
    {
        bool healthy = false;
        await using var service = await RunningService.StartAsync(
            b => b.Services.AddHealthChecks().AddCheck("store", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("away")),
            _ => { });
        using var http = new HttpClient { BaseAddress = service.Http };
        using var channel = GrpcChannel.ForAddress(service.Grpc);
        var health = new global::Grpc.Health.V1.Health.HealthClient(channel);

        var response = await http.GetAsync("/health", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("\"store\":{\"status\":\"Unhealthy\",\"description\":\"away\"}", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/alive", Token)).StatusCode);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest(), cancellationToken: Token)).Status);

        healthy = true;
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Token)).StatusCode);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest(), cancellationToken: Token)).Status);
    }

    [Fact]
    public async Task Listen_Unset_IsLoopbackOnTwoPorts()
    {
        await using var service = await RunningService.StartAsync(_ => { }, _ => { });

        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(service.Http.Host)));
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(service.Grpc.Host)));
        Assert.NotEqual(service.Http.Port, service.Grpc.Port);
    }

    [Theory]
    [InlineData("HTTP_PORT", "65536")]
    [InlineData("LISTEN_ADDRESS", "everywhere")]
    public async Task Start_SettingOutOfRange_StopsWithItsName(string key, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(_ => { }, _ => { }, (key, value)));

        Assert.Contains(key == "HTTP_PORT" ? "HttpPort" : key, failure.Message);
    }

    [Fact]
    public async Task Start_QueueWithoutABroker_StopsWithTheSettingsName()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(
            b => NnGpt.ServiceDefaults.Messaging.MessagingExtensions.AddMessageBus(b), _ => { }));

        Assert.Contains("ConnectionStrings:rabbitmq", failure.Message);
    }
}
