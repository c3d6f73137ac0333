namespace NnGpt.Experiments.Profiles;

/// <summary>A setting that a profile may hold.</summary>
/// <param name="Path">E.g. "fine_tuning.rank".</param>
/// <param name="Default">As it is written in YAML.</param>
/// <param name="Range">In words: "1..256", "true or false".</param>
public sealed record ProfileSetting(string Path, string Default, string Range);
