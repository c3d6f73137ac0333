namespace NnGpt.Python.Lexing;

/// <summary>Carries a lexical error out of the lexer's depths; it never leaves the lexer or the parser.</summary>
internal sealed class LexicalErrorException(PythonSyntaxError error) : Exception(error.Message)
{
    public PythonSyntaxError Error { get; } = error;
}
