namespace NnGpt.Coordinator.Store;

/// <summary>The candidates of a cycle, counted by the data base. The mean is NaN when nothing was scored.</summary>
internal sealed record CycleCounts(
    int Cycle, int Requested, int Generated, int Scored, int Admitted, int Finished, double BestAccuracy, double MeanAccuracy, int Valid);
