using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Puts together program, arguments and environment of one replica of a resource.</summary>
internal sealed class CommandBuilder(DataDirectory dataDirectory, OrchestratorOptions options)
{
    public async Task<ProcessCommand> BuildAsync(IResource resource, int replica, string instanceName, CancellationToken cancellationToken)
    {
        var command = Program(resource);
        var arguments = new List<object>(command.Arguments);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            annotation.Callback(arguments);
        }

        var environment = new Dictionary<string, object>();
        foreach (var (name, value) in command.Environment)
        {
            environment[name] = value;
        }

        AddEndpoints(resource, replica, environment);
        AddTelemetry(resource, instanceName, environment);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(new EnvironmentCallbackContext(environment));
        }

        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in environment)
        {
            resolved[name] = await ResolveAsync(value, cancellationToken);
        }

        var texts = new List<string>();
        foreach (object argument in arguments)
        {
            texts.Add(await ResolveAsync(argument, cancellationToken));
        }

        return command with { Arguments = texts, Environment = resolved };
    }

    /// <summary>The program without what the builder methods add.</summary>
    /// <exception cref="DistributedApplicationException">It is not installed or not built.</exception>
    public ProcessCommand Program(IResource resource) => resource switch
    {
        IProcessResource process => process.Prepare(dataDirectory),
        ProjectResource project => ProjectAssembly.Command(project),
        ExecutableResource executable => new ProcessCommand(
            ProgramLocator.TryFind(executable.Command)
                ?? throw new DistributedApplicationException($"'{executable.Name}': there is no program {executable.Command}"),
            [], executable.WorkingDirectory, ProcessCommand.NoEnvironment),
        _ => throw new InvalidOperationException($"'{resource.Name}' is no program"),
    };

    private static void AddEndpoints(IResource resource, int replica, Dictionary<string, object> environment)
    {
        var urls = new List<string>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.TargetPortEnvironmentVariable is { } variable)
            {
                environment[variable] = endpoint.AllocatedPorts[replica].ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (endpoint.UriScheme is "http" or "https")
            {
                urls.Add(endpoint.Url(replica));
            }
        }

        if (resource is ProjectResource && urls.Count > 0)
        {
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        }
    }

    private void AddTelemetry(IResource resource, string instanceName, Dictionary<string, object> environment)
    {
        if (resource is not ProjectResource)
        {
            return;
        }

        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceName}";
        if (options.OtlpEndpoint is { } endpoint)
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        }
    }

    private static async ValueTask<string> ResolveAsync(object value, CancellationToken cancellationToken) =>
        value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) ?? "" : value.ToString() ?? "";
}
