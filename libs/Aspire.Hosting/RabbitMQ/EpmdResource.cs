using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Erlang's port mapper. The virtual machine would start one as a daemon that outlives it; as a resource it has its own
/// port and ends with the others.
/// </summary>
internal sealed class EpmdResource(string name) : Resource(name), IResourceWithEndpoints, IProcessResource
{
    public const string EndpointName = "tcp";

    public required bool IsExternal { get; init; }

    private int Port => new EndpointReference(this, EndpointName).Port;

    public ProcessCommand Prepare(DataDirectory dataDirectory) => new(
        ProgramLocator.Find("epmd", "rabbitmq-server"),
        ["-address", EndpointAnnotation.Loopback, "-port", Port.ToString(CultureInfo.InvariantCulture)],
        dataDirectory.Path,
        ProcessCommand.NoEnvironment);

    // EPMD's NAMES_REQ (110) is answered by its own port, four bytes, big-endian.
    public IHealthProbe CreateProbe() => new GreetingProbe(Port, [0, 1, 110], [0, 0, (byte)(Port >> 8), (byte)Port]);
}
