namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program of the machine.</summary>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>Name on the PATH, or a path.</summary>
    public string Command { get; } = command;

    /// <summary>Where the program is started.</summary>
    public string WorkingDirectory { get; } = workingDirectory;
}
