namespace NnGpt.Experiments.Profiles;

/// <summary>The final scores on the test split.</summary>
/// <param name="Top">Best admitted candidates; 0: no rescoring.</param>
/// <param name="Seeds">Trainings of each, with different seeds.</param>
public sealed record RescoringProfile(int Top, int Seeds);
