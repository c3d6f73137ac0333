namespace NnGpt.Novelty.Shingles;

internal enum PythonTokenKind
{
    Name,
    Number,
    String,
    Operator,

    /// <summary>What tokenize calls ERRORTOKEN: a character that begins no token, or a broken continued string.</summary>
    Error,
}
