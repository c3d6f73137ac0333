using System.ComponentModel.DataAnnotations;

namespace NnGpt.FineTuner;

/// <summary>Settings of the FineTuner, section "FineTuner".</summary>
internal sealed class FineTunerOptions
{
    public const string Section = "FineTuner";

    /// <summary>Directory of the base model in Hugging Face's layout.</summary>
    [Required]
    public string ModelDirectory { get; set; } = "";

    /// <summary>Where training sets, adapters and finished results are kept.</summary>
    [Required]
    public string CacheDirectory { get; set; } = "";

    /// <summary>Threads of the training; 0: one per processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }
}
