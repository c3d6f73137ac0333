using NnGpt.Generator.Adapters;
using NnGpt.Generator.Designers;
using NnGpt.Generator.Grpc;
using NnGpt.Generator.Messaging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Generator;

internal static class GeneratorExtensions
{
    public static IHostApplicationBuilder AddGenerator(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<GeneratorOptions>(GeneratorOptions.Section);
        builder.AddCoordinatorClient();
        builder.Services.AddSingleton<AdapterCache>();
        builder.Services.AddSingleton<IDesigner, EmbeddedDesigner>();
        builder.Services.AddHostedService<DesignerWarmUp>();
        builder.AddQueue("generator", queue =>
        {
            queue.Deadline = TimeSpan.FromMinutes(20);
            queue.On<GenerateCommand, GenerateHandler>("generate");
        });
        return builder;
    }

    public static WebApplication MapGenerator(this WebApplication app)
    {
        app.MapGrpcService<GeneratorService>();
        return app;
    }
}
