using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>An experiment as it is stored; times in Unix milliseconds.</summary>
internal sealed record ExperimentRow(
    string Id, string Name, string ProfileText, ulong Seed, ExperimentState State, CycleStage Stage, int Cycle, string Adapter,
    string Message, long Created, long? Ended, long StageSince, long Progress, int Resends)
{
    public ExperimentProfile Profile { get; } =
        ExperimentProfile.Parse(ProfileText).Profile ?? throw new InvalidDataException($"The stored profile of {Id} is no longer a profile.");

    public bool IsActive => State is ExperimentState.Running or ExperimentState.Stopping;
}
