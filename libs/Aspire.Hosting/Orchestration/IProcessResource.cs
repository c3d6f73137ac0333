using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A resource that knows itself which program it is and how to tell its health.</summary>
internal interface IProcessResource : IResource
{
    /// <summary>Whether the user gave a connection string, so that nothing is started.</summary>
    bool IsExternal { get; }

    /// <summary>Writes the program's configuration and says how to start it.</summary>
    /// <exception cref="DistributedApplicationException">The program is not installed, or its directory cannot be written.</exception>
    ProcessCommand Prepare(DataDirectory dataDirectory);

    /// <summary>Null when running is being healthy.</summary>
    IHealthProbe? CreateProbe();
}
