using System.ComponentModel.DataAnnotations;

namespace NnGpt.NoveltyIndex;

/// <summary>Settings of the novelty index, section "NoveltyIndex".</summary>
internal sealed class NoveltyIndexOptions
{
    public const string Section = "NoveltyIndex";

    /// <summary>From ConnectionStrings:redis, in StackExchange.Redis' form, "127.0.0.1:6379".</summary>
    [Required(ErrorMessage = "ConnectionStrings:redis is not set; it has the form host:port.")]
    public string Redis { get; set; } = "";

    /// <summary>Candidates judged at once by this process.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>An experiment's index that nothing was added to for so long is dropped; it is filled again when it is asked.</summary>
    [Range(0.001, 3650)]
    public double IndexLifetimeDays { get; set; } = 30;

    /// <summary>Longest pause between tries while Redis is away.</summary>
    [Range(0.01, 60)]
    public double MaxRetrySeconds { get; set; } = 2;
}
