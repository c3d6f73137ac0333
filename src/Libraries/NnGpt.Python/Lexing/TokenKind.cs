namespace NnGpt.Python.Lexing;

/// <summary>What a token is.</summary>
public enum TokenKind
{
    /// <summary>An identifier or a keyword.</summary>
    Name,

    /// <summary>An int, float or imaginary literal.</summary>
    Number,

    /// <summary>A string literal with prefix and quotes, f-strings included.</summary>
    String,

    /// <summary>An operator or a delimiter.</summary>
    Operator,

    /// <summary>The end of a logical line.</summary>
    NewLine,

    /// <summary>A block begins.</summary>
    Indent,

    /// <summary>A block ends.</summary>
    Dedent,

    /// <summary>A comment, from <c>#</c> to the end of the line.</summary>
    Comment,

    /// <summary>The end of the source.</summary>
    End,
}
