using NnGpt.Generator.Adapters;
using NnGpt.Generator.Designers;
using NnGpt.Generator.Embedded;
using NnGpt.Generator.Grpc;
using NnGpt.Generator.Messaging;
using NnGpt.Generator.OpenAI;
using NnGpt.Generator.Remote;
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
        builder.AddValidatedOptions<OpenAIOptions>(OpenAIOptions.Section);
        builder.AddCoordinatorClient();
        builder.Services.AddSingleton<AdapterCache>();
        if (builder.DesignsElsewhere())
        {
            builder.Services.AddOpenAIDesigner();
        }
        else
        {
            builder.Services.AddEmbeddedDesigner();
        }

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
        if (app.Services.GetService<EmbeddedModel>() is not null)
        {
            app.MapOpenAI();
        }

        return app;
    }

    /// <summary>The project's own engine as the designer, and what serves it to clients of the OpenAI API.</summary>
    public static void AddEmbeddedDesigner(this IServiceCollection services)
    {
        services.AddSingleton<EmbeddedModel>();
        services.AddSingleton<IDesigner, EmbeddedDesigner>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<ChoiceSampler>();
        services.AddSingleton<CompletionHandler>();
    }

    private static bool DesignsElsewhere(this IHostApplicationBuilder builder) =>
        !string.IsNullOrWhiteSpace(builder.Configuration[$"{OpenAIOptions.Section}:{nameof(OpenAIOptions.BaseUrl)}"]);
}
