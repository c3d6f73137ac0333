using System.ComponentModel.DataAnnotations;

namespace NnGpt.Coordinator;

/// <summary>Settings under "Coordinator".</summary>
internal sealed class CoordinatorOptions
{
    public const string Section = "Coordinator";

    /// <summary>Where the data base and the artifacts are kept.</summary>
    [Required(ErrorMessage = "Coordinator:DataDirectory is not set.")]
    public string DataDirectory { get; set; } = "";

    /// <summary>Largest artifact.</summary>
    [Range(1, 1L << 40)]
    public long MaxArtifactBytes { get; set; } = 2L << 30;

    /// <summary>How often the watchdog looks.</summary>
    [Range(0.1, 3_600)]
    public double WatchdogSeconds { get; set; } = 15;

    /// <summary>A cycle without any progress for this long has its unanswered candidates sent again.</summary>
    [Range(1, 86_400)]
    public double GenerateSeconds { get; set; } = 600;

    /// <summary>As <see cref="GenerateSeconds"/>, for candidates in validation; the profile's own limit is added.</summary>
    [Range(1, 86_400)]
    public double ValidateSeconds { get; set; } = 180;

    /// <summary>As <see cref="GenerateSeconds"/>, for candidates in training; the profile's own limit is added.</summary>
    [Range(1, 86_400)]
    public double TrainSeconds { get; set; } = 180;

    /// <summary>As <see cref="GenerateSeconds"/>, for candidates whose novelty is being judged.</summary>
    [Range(1, 86_400)]
    public double JudgeSeconds { get; set; } = 120;

    /// <summary>Longest fine-tuning before its command is sent again.</summary>
    [Range(1, 604_800)]
    public double FineTuneSeconds { get; set; } = 7_200;

    /// <summary>Sendings again before a candidate is given up as lost.</summary>
    [Range(0, 100)]
    public int Resends { get; set; } = 3;
}
