using NnGpt.FineTuner.Grpc;
using NnGpt.FineTuner.Messaging;
using NnGpt.FineTuner.Tuning;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.FineTuner;

internal static class FineTunerExtensions
{
    public static IHostApplicationBuilder AddFineTuner(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<FineTunerOptions>(FineTunerOptions.Section);
        builder.AddCoordinatorClient();
        builder.Services.AddSingleton<LoraTuner>();
        builder.Services.AddSingleton<FineTuneProcess>();
        builder.AddQueue("finetuner", queue =>
        {
            queue.Deadline = TimeSpan.FromMinutes(25);
            queue.On<FineTuneCommand, FineTuneHandler>("finetune");
        });
        return builder;
    }

    public static WebApplication MapFineTuner(this WebApplication app)
    {
        // Loads the model: one that cannot be read stops the service at its start, not its first message.
        _ = app.Services.GetRequiredService<LoraTuner>();
        app.MapGrpcService<FineTunerService>();
        return app;
    }
}
