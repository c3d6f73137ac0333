using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;

namespace NnGpt.ServiceDefaults.Telemetry;

/// <summary>The names that traces and metrics of this system go by.</summary>
public static class NnGptTelemetry
{
    /// <summary>Name of <see cref="Source"/> and <see cref="Meter"/>.</summary>
    public const string Name = "NnGpt";

    /// <summary>Spans of the services' own work.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Metrics of the services' own work.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>
    /// The trace of a candidate: its id is made from the candidate's id, so that every attempt, on any replica,
    /// lands in the same trace.
    /// </summary>
    public static ActivityContext CandidateTrace(string candidateId)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(candidateId), digest);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(digest[..16]),
            ActivitySpanId.CreateFromBytes(digest[16..24]),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }
}
