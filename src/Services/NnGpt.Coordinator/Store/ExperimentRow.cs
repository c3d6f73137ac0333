using System.Collections.Concurrent;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>An experiment as it is stored; times in Unix milliseconds.</summary>
internal sealed record ExperimentRow(
    string Id, string Name, string ProfileText, ulong Seed, ExperimentState State, CycleStage Stage, int Cycle, string Adapter,
    string Message, long Created, long? Ended, long StageSince, long Progress, int Resends)
{
    // A row is read for every event; its profile never changes.
    private static readonly ConcurrentDictionary<string, ExperimentProfile> s_profiles = new(StringComparer.Ordinal);

    public ExperimentProfile Profile => s_profiles.GetOrAdd(ProfileText, static (text, id) =>
        ExperimentProfile.Parse(text).Profile ?? throw new InvalidDataException($"The stored profile of {id} is no longer a profile."), Id);

    public bool IsActive => State is ExperimentState.Running or ExperimentState.Stopping;
}
