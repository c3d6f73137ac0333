using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace NnGpt.ServiceDefaults.Hosting;

/// <summary>Where a service listens; bound from the root of the configuration, so the names are environment variables.</summary>
internal sealed class ListenOptions
{
    /// <summary>Port of /health and /alive, HTTP/1.1. 0: chosen by the system.</summary>
    [ConfigurationKeyName("HTTP_PORT"), Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>Port of gRPC, HTTP/2 without TLS. 0: chosen by the system.</summary>
    [ConfigurationKeyName("GRPC_PORT"), Range(0, 65535)]
    public int GrpcPort { get; set; }

    /// <summary>IP address to listen on. Loopback unless set: the services trust whoever reaches them.</summary>
    [ConfigurationKeyName("LISTEN_ADDRESS"), Required]
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>Longest time from SIGTERM to the end of the process.</summary>
    [ConfigurationKeyName("SHUTDOWN_SECONDS"), Range(1, 600)]
    public double ShutdownSeconds { get; set; } = 10;
}
