using NnGpt.Protocol.V1;
using NnGpt.Sandbox.Hosting;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.Trainer.Grpc;
using NnGpt.Trainer.Messaging;

namespace NnGpt.Trainer;

internal static class TrainerExtensions
{
    private const string Section = "Trainer";

    public static IHostApplicationBuilder AddTrainer(this IHostApplicationBuilder builder)
    {
        builder.AddWorkerPool(Section);
        builder.Services.AddSingleton<CandidateTraining>();
        builder.AddQueue("trainer", queue =>
        {
            queue.Concurrency = builder.Configuration.CountWorkers(Section);
            queue.Deadline = TimeSpan.FromMinutes(25);
            queue.On<CandidateValidated, TrainHandler>("candidate.validated");
            queue.On<RescoreCommand, RescoreHandler>("rescore");
        });
        return builder;
    }

    public static WebApplication MapTrainer(this WebApplication app)
    {
        app.MapGrpcService<TrainerService>();
        return app;
    }
}
