using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Tests;

/// <summary>A Coordinator that knows one finished experiment.</summary>
internal sealed class RecordedExperiment(Experiment experiment, IReadOnlyList<Candidate> candidates) : Experiments.ExperimentsBase, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Starts to listen; gives the address.</summary>
    public async Task<string> ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(this).AddGrpc();
        _app = builder.Build();
        _app.MapGrpcService<RecordedExperiment>();
        await _app.StartAsync(cancellationToken);
        return _app.Urls.Single();
    }

    public override Task<Experiment> Get(GetExperimentRequest request, ServerCallContext context) => Task.FromResult(experiment);

    public override Task<ListCandidatesResponse> ListCandidates(ListCandidatesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListCandidatesResponse { Candidates = { candidates.Select(candidate => new Candidate { Ref = candidate.Ref }) } });

    public override Task<Candidate> GetCandidate(GetCandidateRequest request, ServerCallContext context) =>
        Task.FromResult(candidates.Single(candidate => candidate.Ref.Id == request.Id));

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
