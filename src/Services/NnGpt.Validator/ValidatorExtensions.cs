using NnGpt.Protocol.V1;
using NnGpt.Sandbox.Hosting;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.Validator.Grpc;
using NnGpt.Validator.Messaging;

namespace NnGpt.Validator;

internal static class ValidatorExtensions
{
    private const string Section = "Validator";

    public static IHostApplicationBuilder AddValidator(this IHostApplicationBuilder builder)
    {
        builder.AddWorkerPool(Section);
        builder.Services.AddSingleton<CandidateValidation>();
        builder.AddQueue("validator", queue =>
        {
            queue.Concurrency = builder.Configuration.CountWorkers(Section);
            queue.Deadline = TimeSpan.FromMinutes(10);
            queue.On<CandidateGenerated, ValidateHandler>("candidate.generated");
        });
        return builder;
    }

    public static WebApplication MapValidator(this WebApplication app)
    {
        app.MapGrpcService<ValidatorService>();
        return app;
    }
}
