using NnGpt.Python.Lexing;

namespace NnGpt.Python.Tests;

public sealed class LexerTests
{
    [Fact]
    public void Tokenize_WithoutLayout_GivesTheMeaningfulTokens()
    {
        var stream = PythonLexer.Tokenize("def f(x):  # comment\n    return x ** 2 + 0x1F, f'{x:>{5}}' 'b'\n");

        Assert.Null(stream.Error);
        Assert.Equal(
            ["def", "f", "(", "x", ")", ":", "return", "x", "**", "2", "+", "0x1F", ",", "f'{x:>{5}}'", "'b'"],
            stream.Tokens.Where(t => !t.IsLayout).Select(t => t.Text));
    }

    [Fact]
    public void Tokenize_GivesKindsAndPositions()
    {
        var tokens = PythonLexer.Tokenize("if a:\n  b\nc").Tokens;

        Assert.Equal(
            [
                TokenKind.Name, TokenKind.Name, TokenKind.Operator, TokenKind.NewLine, TokenKind.Indent, TokenKind.Name, TokenKind.NewLine,
                TokenKind.Dedent, TokenKind.Name, TokenKind.NewLine, TokenKind.End,
            ],
            tokens.Select(t => t.Kind));
        Assert.Equal((2, 3, 8), (tokens[5].Line, tokens[5].Column, tokens[5].Offset));
    }

    [Theory]
    [InlineData("x = 'abc", "unterminated string literal (detected at line 1)", 1, 5)]
    [InlineData("x = 1\ny = (2,\n", "'(' was never closed", 2, 5)]
    [InlineData("a\n b\n", null, 0, 0)]
    public void Tokenize_BadSource_GivesTheErrorAsAValue(string source, string? message, int line, int column)
    {
        var error = PythonLexer.Tokenize(source).Error;

        Assert.Equal(message, error?.Message);
        Assert.Equal((line, column), (error?.Line ?? 0, error?.Column ?? 0));
    }

    [Fact]
    public void Tokenize_NestedQuotesInFields_AreOneToken()
    {
        var tokens = PythonLexer.Tokenize("""f"{d["k"]} {f'{x}'}" + 'y'""").Tokens;

        Assert.Equal(["""f"{d["k"]} {f'{x}'}" """.Trim(), "+", "'y'"], tokens.Where(t => !t.IsLayout).Select(t => t.Text));
    }
}
