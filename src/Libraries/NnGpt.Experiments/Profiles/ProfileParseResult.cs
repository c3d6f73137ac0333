namespace NnGpt.Experiments.Profiles;

/// <summary>A profile, or everything that is wrong with its text.</summary>
/// <param name="Profile">Null when there are problems.</param>
/// <param name="Problems">Empty when there is a profile.</param>
public sealed record ProfileParseResult(ExperimentProfile? Profile, IReadOnlyList<ProfileProblem> Problems);
