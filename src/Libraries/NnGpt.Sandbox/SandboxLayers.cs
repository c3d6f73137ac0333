namespace NnGpt.Sandbox;

/// <summary>Layers of kernel confinement around a worker. Resource limits are always in force.</summary>
[Flags]
public enum SandboxLayers
{
    /// <summary>Resource limits alone.</summary>
    None = 0,

    /// <summary>bubblewrap: own user, process, network, IPC and mount namespaces.</summary>
    Bubblewrap = 1,

    /// <summary>Landlock: reading beneath a few folders, nothing else of the file system; no TCP; no signals outward.</summary>
    Landlock = 2,

    /// <summary>seccomp before the worker starts: no sockets, processes, tracing, mounts, kernel interfaces.</summary>
    Seccomp = 4,

    /// <summary>seccomp after warm-up, on all threads: only the system calls of computing and answering.</summary>
    Hardening = 8,

    /// <summary>Every layer.</summary>
    All = Bubblewrap | Landlock | Seccomp | Hardening,
}
