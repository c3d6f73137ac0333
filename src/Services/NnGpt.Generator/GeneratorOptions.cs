using System.ComponentModel.DataAnnotations;

namespace NnGpt.Generator;

/// <summary>Settings of the Generator, section "Generator".</summary>
internal sealed class GeneratorOptions
{
    public const string Section = "Generator";

    /// <summary>Directory of the base model in Hugging Face's layout.</summary>
    [Required]
    public string ModelDirectory { get; set; } = "";

    /// <summary>Where adapters are kept that came from the artifact store.</summary>
    [Required]
    public string CacheDirectory { get; set; } = "";

    /// <summary>Threads of the sampler; 0: one for a small model, else one per processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Texts sampled together.</summary>
    [Range(1, 256)]
    public int MaxBatch { get; set; } = 16;

    /// <summary>Most memory for keys and values, in megabytes; fewer texts are sampled together where it does not hold all.</summary>
    [Range(1, 1_000_000)]
    public int CacheMegabytes { get; set; } = 4096;

    /// <summary>Most texts that clients of /v1 may be waiting for at a time; more are refused with 429.</summary>
    [Range(1, 100_000)]
    public int MaxPending { get; set; } = 256;

    /// <summary>Serve /v1/load_lora_adapter and /v1/unload_lora_adapter: who reaches the port may then name folders to read.</summary>
    public bool AllowRuntimeAdapters { get; set; }
}
