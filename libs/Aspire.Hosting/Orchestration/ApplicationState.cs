using System.Text.Json.Serialization;

namespace Aspire.Hosting.Orchestration;

/// <summary>What apphost.json tells other programs about the application that runs.</summary>
internal sealed record ApplicationState(
    int Pid,
    DateTimeOffset StartedAt,
    string Status,
    string DataDirectory,
    IReadOnlyList<ResourceState> Resources);

/// <summary>One process of a resource.</summary>
/// <param name="Name">The resource's name, with the replica's number when there are several: trainer-0.</param>
/// <param name="Resource">The resource's name.</param>
/// <param name="Kind">project, executable, redis, rabbitmq, ...</param>
/// <param name="Status">See <see cref="ResourceStatus"/>, in lower case.</param>
/// <param name="Health">healthy, unhealthy or unknown.</param>
/// <param name="Detail">Why it is not healthy or not running; null when there is nothing to say.</param>
/// <param name="Pid">Null when no process runs.</param>
/// <param name="ProcessStart">Start time of the process in the kernel's ticks: tells it from a later one with the same id.</param>
/// <param name="StartedAt">When the process was started.</param>
/// <param name="Restarts">How often it was started again.</param>
/// <param name="ExitCode">How the last process ended.</param>
/// <param name="NextStart">When it is started again, while it waits for that.</param>
/// <param name="Endpoints">Address by endpoint name.</param>
/// <param name="Log">Path of its log file.</param>
internal sealed record ResourceState(
    string Name,
    string Resource,
    string Kind,
    string Status,
    string Health,
    string? Detail,
    int? Pid,
    long? ProcessStart,
    DateTimeOffset? StartedAt,
    int Restarts,
    int? ExitCode,
    DateTimeOffset? NextStart,
    IReadOnlyDictionary<string, string> Endpoints,
    string? Log);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ApplicationState))]
internal sealed partial class ApplicationStateJson : JsonSerializerContext;
