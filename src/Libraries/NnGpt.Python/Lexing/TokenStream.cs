namespace NnGpt.Python.Lexing;

/// <summary>The tokens of a source, up to the first lexical error if there is one.</summary>
/// <param name="Tokens">The tokens; the last one has the kind End.</param>
/// <param name="Error">The lexical error that ended the reading, or null.</param>
public sealed record TokenStream(IReadOnlyList<Token> Tokens, PythonSyntaxError? Error)
{
    /// <summary>Line and kind of the bracket that was never closed; line 0 when there is none.</summary>
    internal (int Line, int Column, char Bracket) Unclosed { get; init; }
}
