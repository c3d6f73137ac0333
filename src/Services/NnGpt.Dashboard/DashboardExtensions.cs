using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;
using NnGpt.Dashboard.Experiments;
using NnGpt.Dashboard.Live;
using NnGpt.Dashboard.Queues;
using NnGpt.Dashboard.Resources;
using NnGpt.Dashboard.Security;
using NnGpt.Dashboard.Telemetry;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Grpc;

namespace NnGpt.Dashboard;

internal static class DashboardExtensions
{
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>What the page needs: the Coordinator's streams, the AppHost's resources, the window of telemetry.</summary>
    public static IHostApplicationBuilder AddDashboard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DashboardOptions>()
            .Bind(builder.Configuration.GetSection(DashboardOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.AddCoordinatorClient();
        builder.AddServiceClient<Validator.ValidatorClient>("validator");
        builder.AddServiceClient<Trainer.TrainerClient>("trainer");
        builder.Services.AddSingleton<BrowserSession>();
        builder.Services.AddResponseCompression(compression => compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);
        ExperimentTopics.Add(builder.Services);
        ResourceTopics.Add(builder.Services);
        TelemetryTopics.Add(builder.Services);
        builder.AddQueueTopics();
        builder.AddDeadLetters();
        return builder;
    }

    public static WebApplication UseDashboard(this WebApplication app)
    {
        // Before the guard, which must know what is a WebSocket.
        app.UseWebSockets();
        app.UseMiddleware<RequestGuard>();
        app.UseResponseCompression();
        var pages = Pages();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = pages,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments("/assets") ? Immutable : "no-cache",
        });
        return app;
    }

    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.MapLogin();
        app.MapGet("/api/session", () => Results.NoContent());
        app.MapLive();
        app.MapExperiments();
        app.MapResources();
        app.MapDeadLetters();
        app.MapOtlp();
        app.Map("/api/{**rest}", () => Results.Problem("There is nothing here.", statusCode: StatusCodes.Status404NotFound));

        // Every other address is the page's own: experiments/smoke-1, system/traces, ...
        app.MapFallbackToFile("{*path:nonfile}", "index.html", new StaticFileOptions
        {
            FileProvider = Pages(),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        return app;
    }

    private static PhysicalFileProvider Pages()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return File.Exists(Path.Combine(directory, "index.html"))
            ? new PhysicalFileProvider(directory)
            : throw new InvalidOperationException($"The pages are missing in {directory}: build the project NnGpt.Dashboard again.");
    }
}
