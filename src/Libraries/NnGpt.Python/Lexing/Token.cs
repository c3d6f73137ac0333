namespace NnGpt.Python.Lexing;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text in the source; empty for Dedent and End.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
/// <param name="Offset">Position of its first character in the source.</param>
public readonly record struct Token(TokenKind Kind, string Text, int Line, int Column, int Offset)
{
    /// <summary>Whether the token carries no meaning of its own: comments, line ends, indentation, the end.</summary>
    public bool IsLayout => Kind is TokenKind.Comment or TokenKind.NewLine or TokenKind.Indent or TokenKind.Dedent or TokenKind.End;

    internal bool Is(string text) => Kind is TokenKind.Name or TokenKind.Operator && Text == text;
}
