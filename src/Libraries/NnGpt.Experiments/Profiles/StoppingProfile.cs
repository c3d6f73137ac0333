namespace NnGpt.Experiments.Profiles;

/// <summary>The early stop.</summary>
/// <param name="Enabled">False: all cycles are run.</param>
/// <param name="Epsilon">Smallest improvement of the mean accuracy that counts, 0..1.</param>
/// <param name="Patience">Consecutive cycles looked at.</param>
public sealed record StoppingProfile(bool Enabled, double Epsilon, int Patience);
