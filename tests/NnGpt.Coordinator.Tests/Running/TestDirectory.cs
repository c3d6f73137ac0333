namespace NnGpt.Coordinator.Tests.Running;

/// <summary>A data directory that is removed at the end.</summary>
internal sealed class TestDirectory : IDisposable
{
    // In memory where there is such a folder: each transaction waits for its data to be on the disk, and a test makes thousands.
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"nngpt-coordinator-{Guid.NewGuid():N}")).FullName;

    public string Database => System.IO.Path.Combine(Path, "coordinator.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
