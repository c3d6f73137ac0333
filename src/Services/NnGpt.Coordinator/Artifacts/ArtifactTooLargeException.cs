namespace NnGpt.Coordinator.Artifacts;

/// <summary>An artifact exceeds the limit.</summary>
internal sealed class ArtifactTooLargeException(long limit) : Exception($"An artifact may have at most {limit} bytes.");
