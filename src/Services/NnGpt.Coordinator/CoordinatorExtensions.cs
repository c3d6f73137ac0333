using NnGpt.Coordinator.Artifacts;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Grpc;
using NnGpt.Coordinator.Messaging;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Structure;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator;

internal static class CoordinatorExtensions
{
    /// <summary>The state machine, its store, its queues and its gRPC services.</summary>
    public static IHostApplicationBuilder AddCoordinator(this IHostApplicationBuilder builder)
    {
        builder.AddExperiments();
        builder.AddServiceClient<Protocol.V1.Novelty.NoveltyClient>("novelty");
        builder.Services.AddSingleton<ICorpusIndex, NoveltyCorpusIndex>();
        builder.AddServiceClient<Validator.ValidatorClient>("validator");
        builder.Services.AddSingleton<INetworkTracer, ValidatorTracer>();
        builder.Services.AddSingleton<CorpusStructures>();
        builder.Services.AddHostedService<StructureWorker>();
        builder.AddQueue("coordinator", queue =>
        {
            queue.Concurrency = 8;
            queue.Prefetch = 64;
            queue.On<CandidateGenerated, PipelineEventHandler>("candidate.generated");
            queue.On<CandidateValidated, PipelineEventHandler>("candidate.validated");
            queue.On<CandidateValidated, PipelineEventHandler>("candidate.rejected");
            queue.On<CandidateTrained, PipelineEventHandler>("candidate.trained");
            queue.On<CandidateTrained, PipelineEventHandler>("candidate.untrained");
            queue.On<CandidateJudged, PipelineEventHandler>("candidate.judged");
            queue.On<CandidateRescored, PipelineEventHandler>("candidate.rescored");
            queue.On<AdapterReady, PipelineEventHandler>("adapter.ready");
            queue.On<AdapterReady, PipelineEventHandler>("adapter.failed");
        });
        builder.AddDeadLetterQueue<DeadLetterHandler>();
        return builder;
    }

    /// <summary>All but the connections to the broker and to the novelty service.</summary>
    internal static IHostApplicationBuilder AddExperiments(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<CoordinatorOptions>(CoordinatorOptions.Section);
        builder.Services.AddSingleton(s => CoordinatorStore.Open(s.GetRequiredService<Microsoft.Extensions.Options.IOptions<CoordinatorOptions>>()));
        builder.Services.AddSingleton<ArtifactStore>();
        builder.Services.AddSingleton<BaseCorpus>();
        builder.Services.AddSingleton<TrainingSetBuilder>();
        builder.Services.AddSingleton<ExperimentChanges>();
        builder.Services.AddSingleton<ArchitectureFamilies>();
        builder.Services.AddSingleton<ExperimentEngine>();
        builder.Services.AddHostedService<CycleWorker>();
        builder.Services.AddHostedService<OutboxPublisher>();
        builder.Services.AddHostedService<WatchdogWorker>();
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");
        return builder;
    }

    public static WebApplication MapCoordinator(this WebApplication app)
    {
        app.MapGrpcService<ExperimentsService>();
        app.MapGrpcService<ArtifactsService>();
        app.MapGrpcService<DeadLettersService>();
        return app;
    }

    /// <summary>False, with one line on the error output, when settings are wrong or the data directory cannot be used.</summary>
    public static bool TryOpenStore(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<CoordinatorStore>();
            app.Services.GetRequiredService<ArtifactStore>().RemoveUnfinished();
            return true;
        }
        catch (Exception e) when (e is StoreOpenException or Microsoft.Extensions.Options.OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"coordinator: {e.Message}");
            return false;
        }
    }
}
