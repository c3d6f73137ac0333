using NnGpt.Curation.Contract;

namespace NnGpt.Curation;

/// <summary>A record that was not kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why.</param>
/// <param name="DuplicateOf">Id of the kept record it repeats; null when it breaks the contract.</param>
/// <param name="Jaccard">Exact Jaccard similarity to that record.</param>
/// <param name="Breach">What breaks the contract.</param>
public sealed record DroppedRecord(string Id, DropReason Reason, string? DuplicateOf, double? Jaccard, ContractBreach? Breach);
