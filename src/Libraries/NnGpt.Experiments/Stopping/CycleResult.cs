namespace NnGpt.Experiments.Stopping;

/// <summary>What the stop rule reads of a closed cycle.</summary>
/// <param name="MeanAccuracy">Mean accuracy of the scored candidates; NaN when none was scored.</param>
/// <param name="AboveThreshold">Scored candidates that reached the cycle's threshold.</param>
/// <param name="Scored">Candidates trained to the end.</param>
public sealed record CycleResult(double MeanAccuracy, int AboveThreshold, int Scored);
