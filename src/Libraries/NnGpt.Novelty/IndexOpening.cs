namespace NnGpt.Novelty;

/// <summary>An experiment's index as it was found.</summary>
/// <param name="Epoch">Names this index: an emptied store has another one next time.</param>
/// <param name="IsComplete">Every document is in; false while it has to be filled.</param>
public sealed record IndexOpening(string Epoch, bool IsComplete);
