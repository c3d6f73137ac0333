namespace NnGpt.Curation.Reading;

/// <summary>Why there is no record where one was expected.</summary>
public enum MalformedReason
{
    /// <summary>The file cannot be opened or read.</summary>
    Unreadable,

    /// <summary>The bytes are not UTF-8.</summary>
    NotUtf8,

    /// <summary>The line is no JSON object.</summary>
    BadJson,

    /// <summary>The JSON object has none of the known shapes.</summary>
    UnknownShape,

    /// <summary>The text holds no Python code.</summary>
    NoCode,

    /// <summary>Nothing but white space and comments.</summary>
    Empty,

    /// <summary>Longer than a record may be.</summary>
    TooLong,

    /// <summary>A measured figure that is none; the network itself is read.</summary>
    BadMetadata,
}
