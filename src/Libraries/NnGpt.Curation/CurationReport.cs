using NnGpt.Curation.Contract;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation;

/// <summary>What came in and what became of it: read = malformed + exact + near + those against the contract + kept.</summary>
public sealed record CurationReport
{
    /// <summary>Places where a record was expected.</summary>
    public long Read { get; init; }

    /// <summary>Of them, those without one.</summary>
    public long Malformed { get; init; }

    /// <summary>Equal to an earlier one, to the letter.</summary>
    public long Exact { get; init; }

    /// <summary>More similar than the threshold to a kept one.</summary>
    public long Near { get; init; }

    /// <summary>Kept.</summary>
    public long Kept { get; init; }

    /// <summary>Why there was no record; figures that are none are counted here and nowhere else.</summary>
    public IReadOnlyDictionary<MalformedReason, long> MalformedReasons { get; init; } = new SortedDictionary<MalformedReason, long>();

    /// <summary>Why records broke the contract.</summary>
    public IReadOnlyDictionary<ContractBreach, long> Breaches { get; init; } = new SortedDictionary<ContractBreach, long>();
}
