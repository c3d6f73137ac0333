using System.Diagnostics;
using System.Text.Json;

namespace NnGpt.Cli.Connection;

/// <summary>The state file that a running AppHost keeps in its data directory.</summary>
internal static class AppHostState
{
    public static string StateFile => Path.Combine(Checkout.DataDirectory, "apphost.json");

    /// <summary>The Coordinator's gRPC address of the AppHost that runs now; null when none does.</summary>
    public static string? FindCoordinator()
    {
        if (!File.Exists(StateFile))
        {
            return null;
        }

        try
        {
            using var state = JsonDocument.Parse(File.ReadAllBytes(StateFile));
            if (!IsAlive(state.RootElement.GetProperty("pid").GetInt32()))
            {
                return null;
            }

            foreach (var resource in state.RootElement.GetProperty("resources").EnumerateArray())
            {
                if (resource.GetProperty("name").GetString() == "coordinator"
                    && resource.GetProperty("endpoints").TryGetProperty("grpc", out var endpoint))
                {
                    return endpoint.GetString();
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new CommandFailedException($"{StateFile} is damaged ({failure.Message}); restart the system", ExitCode.Unreachable);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
