namespace NnGpt.Data;

/// <summary>Why a data set could not be loaded, for a person to act on.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Path">The file concerned; null when none is.</param>
/// <param name="Message">Names the file, what is wrong with it, and where to get it.</param>
public sealed record DatasetFailure(DatasetFailureReason Reason, string? Path, string Message);
