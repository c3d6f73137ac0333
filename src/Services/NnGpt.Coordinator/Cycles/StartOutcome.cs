using NnGpt.Experiments.Profiles;

namespace NnGpt.Coordinator.Cycles;

/// <summary>The id of the experiment that was started, or why it was not.</summary>
internal sealed record StartOutcome(string? Id, IReadOnlyList<ProfileProblem> Problems, bool NameTaken);
