using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

internal static class ResourceKind
{
    public static string Of(IResource resource) => resource switch
    {
        ProjectResource => "project",
        RedisResource => "redis",
        RabbitMQServerResource => "rabbitmq",
        ConnectionStringResource => "connection-string",
        _ => "executable",
    };
}
