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

    /// <summary>Threads of the sampler; 0: one per processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Rows sampled together.</summary>
    [Range(1, 256)]
    public int MaxBatch { get; set; } = 16;
}
