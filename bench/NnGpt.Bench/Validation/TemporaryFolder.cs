namespace NnGpt.Bench.Validation;

/// <summary>A folder that is there as long as the object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nngpt-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
