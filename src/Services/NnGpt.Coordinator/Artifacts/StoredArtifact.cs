namespace NnGpt.Coordinator.Artifacts;

/// <summary>An artifact on disk.</summary>
internal sealed record StoredArtifact(string Digest, long Bytes, string MediaType, string Path);
