namespace Aspire.Hosting.Orchestration;

/// <summary>Where a process of a resource is in its life.</summary>
internal enum ResourceStatus
{
    Waiting,
    Starting,
    Running,
    Restarting,
    Stopping,
    Stopped,

    /// <summary>Ended by itself with exit code 0, as a program may that is no service.</summary>
    Finished,

    /// <summary>Ended too often; it is not started again.</summary>
    Failed,

    /// <summary>Not started here: the user gave a connection string.</summary>
    External,
}
