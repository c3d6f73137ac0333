namespace NnGpt.Curation.Reading;

/// <summary>Where records come from.</summary>
public enum SourceShape
{
    /// <summary>Each is a .py file; its id is the path.</summary>
    Files,

    /// <summary>Each is a line of JSON.</summary>
    Lines,
}
