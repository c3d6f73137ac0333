using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>A cycle as it is stored.</summary>
internal sealed record CycleRow(
    string Experiment, int Number, CycleStage Stage, int Requested, double Threshold, string Adapter, string NextAdapter,
    string TrainingSet, IReadOnlyList<double> Losses, IReadOnlyDictionary<string, double> Seconds);
