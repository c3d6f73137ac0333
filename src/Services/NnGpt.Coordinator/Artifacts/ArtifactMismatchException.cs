namespace NnGpt.Coordinator.Artifacts;

/// <summary>The content does not have the digest that was announced.</summary>
internal sealed class ArtifactMismatchException(string expected, string actual) : Exception($"The content announced as {expected} is {actual}.");
