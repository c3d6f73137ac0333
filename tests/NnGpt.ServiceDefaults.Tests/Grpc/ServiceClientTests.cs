using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Tests.Hosting;

namespace NnGpt.ServiceDefaults.Tests.Grpc;

public sealed class ServiceClientTests
{
    [Fact]
    public async Task Call_Unavailable_IsTriedAgain()
    {
        var observed = new ScriptedServices.Observed();
        await using var server = await ServerAsync(observed);
        await using var caller = await CallerAsync(server.Grpc.ToString());

        var outcome = await caller.Services.GetRequiredService<Validator.ValidatorClient>()
            .ValidateAsync(new ValidateRequest { Source = "unavailable twice" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(outcome.Valid);
        Assert.Equal(3, observed.Attempts);
    }

    [Fact]
    public async Task Call_AddressMissing_NamesTheSetting()
    {
        await using var caller = await CallerAsync(null);

        var failure = Assert.Throws<InvalidOperationException>(caller.Services.GetRequiredService<Validator.ValidatorClient>);
        Assert.Contains("services:validator:grpc:0", failure.Message);
    }

    [Fact]
    public async Task Call_CallerCancels_ReachesTheServer()
    {
        var observed = new ScriptedServices.Observed();
        await using var server = await ServerAsync(observed);
        await using var caller = await CallerAsync(server.Grpc.ToString());
        using var cancel = new CancellationTokenSource();
        var stream = caller.Services.GetRequiredService<Generator.GeneratorClient>()
            .Generate(new GenerateRequest { Prompt = "for ever", Count = 1 }, cancellationToken: cancel.Token);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        await cancel.CancelAsync();

        await observed.StreamCancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    private static Task<RunningService> ServerAsync(ScriptedServices.Observed observed) => RunningService.StartAsync(
        b => b.Services.AddSingleton(observed),
        app =>
        {
            app.MapGrpcService<ScriptedServices.ValidatorService>();
            app.MapGrpcService<ScriptedServices.GeneratorService>();
        });

    private static Task<RunningService> CallerAsync(string? address) => RunningService.StartAsync(
        b =>
        {
            b.AddServiceClient<Validator.ValidatorClient>("validator");
            b.AddServiceClient<Generator.GeneratorClient>("validator");
        },
        _ => { },
        ("services:validator:grpc:0", address));
}
