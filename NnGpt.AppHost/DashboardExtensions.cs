using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace NnGpt.AppHost;

/// <summary>The web page, and what others must know of it. Its keys are made anew at every start.</summary>
internal static class DashboardExtensions
{
    private const string BrowserToken = "AppHost:BrowserToken";
    private const string ResourceServiceKey = "AppHost:ResourceService:ApiKey";
    private const string ResourceServiceUrl = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    private const string OtlpKey = "AppHost:OtlpApiKey";

    /// <summary>
    /// Adds the dashboard. `--Dashboard:Port=N` gives it a port of its own, `--AppHost:BrowserToken=...` a token that stays.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddDashboard(this IDistributedApplicationBuilder builder, Place place)
    {
        var configuration = builder.Configuration;
        configuration[BrowserToken] ??= NewKey();
        configuration[ResourceServiceKey] ??= NewKey();
        configuration[OtlpKey] ??= NewKey();
        int? port = int.TryParse(configuration["Dashboard:Port"], CultureInfo.InvariantCulture, out int given) ? given : null;
        return builder.AddProject<Projects.NnGpt_Dashboard>("dashboard")
            .WithHttpEndpoint(port, "http", "HTTP_PORT")
            .WithHttpHealthCheck("/alive", endpointName: "http")
            .WithUrlForEndpoint("http", url => url.Url = $"/login?t={configuration[BrowserToken]}")
            .WithEnvironment("Dashboard__BrowserToken", configuration[BrowserToken])
            .WithEnvironment("Dashboard__OtlpApiKey", configuration[OtlpKey])
            .WithEnvironment("Dashboard__ProfilesDirectory", place.Profiles)
            .WithEnvironment("Dashboard__ResourceServiceApiKey", configuration[ResourceServiceKey])
            .WithEnvironment(context => context.EnvironmentVariables["Dashboard__ResourceServiceUrl"] = configuration[ResourceServiceUrl] ?? "");
    }

    /// <summary>The resource sends its traces, metrics and logs to the dashboard.</summary>
    public static IResourceBuilder<ProjectResource> WithTelemetry(this IResourceBuilder<ProjectResource> project, IResourceBuilder<ProjectResource> dashboard) =>
        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = dashboard.GetEndpoint("http");
            context.EnvironmentVariables["ASPIRE_DASHBOARD_OTLP_API_KEY"] = project.ApplicationBuilder.Configuration[OtlpKey] ?? "";
        });

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
