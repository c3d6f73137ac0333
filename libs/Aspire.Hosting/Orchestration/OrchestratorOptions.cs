using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>How the application is run on this machine.</summary>
internal sealed record OrchestratorOptions
{
    private const string ResourceServiceUrl = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    /// <summary>Where state, logs and the brokers' data are; the setting Aspire:Store:Path.</summary>
    public required string DataDirectory { get; init; }

    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan HealthyProbeInterval { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many failures in a row make a healthy resource unhealthy: a busy machine answers late now and then.</summary>
    public int UnhealthyAfter { get; init; } = 3;

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(15);

    public RestartBackoff.Settings Restart { get; init; } = new();

    public long LogFileBytes { get; init; } = 8 * 1024 * 1024;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Key of the resource service, the setting AppHost:ResourceService:ApiKey; without one there is no such service.</summary>
    public string? ResourceServiceApiKey { get; init; }

    /// <summary>Hears the address of the resource service before the first resource starts.</summary>
    public Action<string>? ResourceServiceStarted { get; init; }

    /// <summary>Where services send telemetry; none when null.</summary>
    public string? OtlpEndpoint { get; init; }

    public static OrchestratorOptions From(IConfiguration configuration, string appHostDirectory) => new()
    {
        DataDirectory = Path.GetFullPath(configuration["Aspire:Store:Path"] ?? ".apphost", appHostDirectory),
        ResourceServiceApiKey = configuration["AppHost:ResourceService:ApiKey"],
        ResourceServiceStarted = url => configuration[ResourceServiceUrl] = url,
        OtlpEndpoint = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"],
    };
}
