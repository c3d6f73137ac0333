using System.ComponentModel.DataAnnotations;

namespace NnGpt.Dashboard;

/// <summary>Settings under "Dashboard"; the AppHost gives them.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>What a browser logs in with: /login?t=TOKEN.</summary>
    [Required(ErrorMessage = "Dashboard:BrowserToken is not set; start the dashboard by the AppHost, or choose a token of 16 or more characters."), MinLength(16)]
    public string BrowserToken { get; set; } = "";

    /// <summary>What services send telemetry with, in the header x-otlp-api-key. None is taken without it.</summary>
    public string? OtlpApiKey { get; set; }

    /// <summary>The AppHost's resource service; without it the page of resources is empty.</summary>
    public Uri? ResourceServiceUrl { get; set; }

    /// <summary>Sent as x-resource-service-api-key.</summary>
    public string ResourceServiceApiKey { get; set; } = "";

    /// <summary>Directory of *.yaml files that an experiment can be started from.</summary>
    public string? ProfilesDirectory { get; set; }

    /// <summary>Host names beside localhost that the page may be opened by; with LISTEN_ADDRESS, for use from other machines.</summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Log records kept in memory.</summary>
    [Range(100, 10_000_000)]
    public int MaxLogRecords { get; set; } = 100_000;

    /// <summary>Spans kept in memory.</summary>
    [Range(100, 10_000_000)]
    public int MaxSpans { get; set; } = 50_000;

    /// <summary>Series of metrics kept in memory; more are not taken.</summary>
    [Range(10, 100_000)]
    public int MaxSeries { get; set; } = 5_000;

    /// <summary>Points kept of a series; at one every five seconds, 240 are twenty minutes.</summary>
    [Range(2, 100_000)]
    public int MaxPoints { get; set; } = 240;

    /// <summary>Longest body of an OTLP request.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxOtlpBytes { get; set; } = 8 * 1024 * 1024;
}
