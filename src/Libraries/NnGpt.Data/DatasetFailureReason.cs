namespace NnGpt.Data;

/// <summary>Why a data set could not be loaded.</summary>
public enum DatasetFailureReason
{
    /// <summary>The catalogue has no data set of that name.</summary>
    UnknownName,

    /// <summary>A file is not there.</summary>
    Missing,

    /// <summary>A file is there, but cut short, of another format, or inconsistent with its companion.</summary>
    Damaged,

    /// <summary>A file is there, but may not be read.</summary>
    Unreadable,
}
