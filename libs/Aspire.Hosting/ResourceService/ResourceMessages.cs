using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.ResourceService.Proto.V1;
using Google.Protobuf.WellKnownTypes;
using Resource = Aspire.ResourceService.Proto.V1.Resource;

namespace Aspire.Hosting.ResourceService;

/// <summary>A process as the resource service describes it.</summary>
internal static class ResourceMessages
{
    public const string Start = "resource-start";
    public const string Stop = "resource-stop";
    public const string Restart = "resource-restart";

    public static Resource Describe(ResourceRunner runner)
    {
        var state = runner.State;
        bool runs = state.Status is "running" or "starting" or "stopping";
        var message = new Resource
        {
            Name = state.Name,
            DisplayName = state.Resource,
            ResourceType = state.Kind,
            State = state.Status,
            Health = state.Health,
            Detail = state.Detail ?? "",
            Pid = state.Pid ?? 0,
            Restarts = state.Restarts,
            StartedAt = state.StartedAt is { } at && state.Pid is not null ? Timestamp.FromDateTimeOffset(at) : null,
        };
        message.Urls.Add(state.Endpoints.Select(endpoint => new Url { EndpointName = endpoint.Key, FullUrl = endpoint.Value }));
        message.Environment.Add(runner.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(Describe));
        message.Relationships.Add(Relationships(runner.Resource));
        message.Commands.Add(new ResourceCommand { Name = Start, DisplayName = "Start", Enabled = state.Status is "stopped" or "failed" or "finished" or "restarting" });
        message.Commands.Add(new ResourceCommand { Name = Stop, DisplayName = "Stop", Enabled = runs || state.Status == "restarting" });
        message.Commands.Add(new ResourceCommand { Name = Restart, DisplayName = "Restart", Enabled = runs });
        return message;
    }

    private static EnvironmentVariable Describe(KeyValuePair<string, string> variable) =>
        SecretMask.IsSecret(variable.Key, variable.Value)
            ? new EnvironmentVariable { Name = variable.Key, IsSecret = true }
            : new EnvironmentVariable { Name = variable.Key, Value = variable.Value };

    private static IEnumerable<ResourceRelationship> Relationships(IResource resource) =>
        resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => (relation.Resource.Name, relation.Type))
            .Concat(resource.Annotations.OfType<WaitAnnotation>().Select(wait => (wait.Resource.Name, "WaitFor")))
            .Distinct()
            .Select(relation => new ResourceRelationship { ResourceName = relation.Name, Type = relation.Item2 });
}
