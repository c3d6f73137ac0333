using System.ComponentModel.DataAnnotations;

namespace NnGpt.Sandbox;

/// <summary>Settings of a <see cref="WorkerPool"/>.</summary>
public sealed class WorkerPoolOptions
{
    /// <summary>Worker processes, each working on one candidate at a time.</summary>
    [Range(1, 256)]
    public int Workers { get; set; } = 1;

    /// <summary>Candidates after which a worker is replaced by a fresh one.</summary>
    [Range(1, 1_000_000)]
    public int RecycleAfter { get; set; } = 1000;

    /// <summary>Threads libtorch may use in each worker.</summary>
    [Range(1, 256)]
    public int WorkerTorchThreads { get; set; } = 1;

    /// <summary>Memory of a worker in bytes: a candidate that takes it above is stopped with the reason MEMORY.</summary>
    [Range(512L << 20, 1L << 46)]
    public long MemoryBytes { get; set; } = 4L << 30;

    /// <summary>Seconds a worker may take to start and warm up.</summary>
    [Range(1, 3600)]
    public double StartSeconds { get; set; } = 120;

    /// <summary>Processor time of a worker's whole life in seconds, a backstop of the kernel's.</summary>
    [Range(60, 100_000_000)]
    public long ProcessorSeconds { get; set; } = 86_400;

    /// <summary>Directory with data sets; null for those of the system's packages only.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>A data set that workers load before they are ready, e.g. "fashion-mnist"; null: at first use.</summary>
    public string? WarmDataset { get; set; }

    /// <summary>Path of NnGpt.Worker.dll; null: in the folder "worker" beside the program.</summary>
    public string? WorkerPath { get; set; }

    /// <summary>More files and folders that workers may read, e.g. a libtorch outside /usr.</summary>
    public IList<string> ReadOnlyPaths { get; set; } = [];

    /// <summary>Go on where this machine can confine workers neither by bubblewrap nor by Landlock with seccomp.</summary>
    public bool AllowUnsandboxed { get; set; }

    /// <summary>Layers to use where they work. Fewer than all are for tests.</summary>
    public SandboxLayers Layers { get; set; } = SandboxLayers.All;

    // "behind" or "before": the fuzzer's workers put every tensor beside a page that cannot be touched.
    internal string? Fence { get; set; }
}
