using System.Text.Json;

namespace Aspire.Hosting.Orchestration;

/// <summary>Reads the state that an AppHost left, whole or not.</summary>
internal static class StateReader
{
    public static ApplicationState? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ApplicationStateJson.Default.ApplicationState) : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static int? FindProcessId(string path) => TryRead(path)?.Pid;
}
