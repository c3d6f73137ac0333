using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

internal static class RabbitMQProgram
{
    private const string Libraries = "/usr/lib/rabbitmq/lib";

    /// <summary>The server's own script: the one in /usr/sbin would change the user.</summary>
    /// <exception cref="DistributedApplicationException">It is not installed.</exception>
    public static string Server(string resourceName)
    {
        string? script = Directory.Exists(Libraries)
            ? Directory.EnumerateDirectories(Libraries, "rabbitmq_server-*")
                .Select(directory => Path.Combine(directory, "sbin", "rabbitmq-server"))
                .Where(File.Exists)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        return script ?? ProgramLocator.Find(
            Path.Combine(Libraries, "rabbitmq_server"), "rabbitmq-server", $"give a running broker: --ConnectionStrings:{resourceName}=amqp://...");
    }
}
