using NnGpt.Python.Lexing;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>A recursive-descent parser of Python 3.12's grammar, with CPython's error messages.</summary>
internal sealed partial class Parser
{
    private const int MaximumDepth = 100;
    private const int MaximumHeight = 1500;

    private static readonly HashSet<string> s_keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
        "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
        "pass", "raise", "return", "try", "while", "with", "yield",
    ];

    private readonly Token[] _tokens;
    private readonly TokenStream _stream;
    private readonly Stack<string> _classNames = new();
    private int _next;
    private int _depth;

    private Parser(TokenStream stream, int lineShift = 0, int columnShift = 0)
    {
        _stream = stream;
        var tokens = new List<Token>(stream.Tokens.Count);
        foreach (var token in stream.Tokens)
        {
            if (token.Kind == TokenKind.Comment)
                continue;
            tokens.Add(lineShift == 0 && columnShift == 0
                ? token
                : token with { Line = token.Line + lineShift, Column = token.Line == 1 ? token.Column + columnShift : token.Column });
        }

        _tokens = [.. tokens];
    }

    /// <summary>Parses a source; exactly one of the results is null.</summary>
    public static (SyntaxTree? Tree, PythonSyntaxError? Error) Parse(string source)
    {
        var stream = PythonLexer.Tokenize(source);
        var parser = new Parser(stream);
        try
        {
            var body = parser.ParseModule();
            var lazy = body.OfType<ImportFromStatement>().Any(s => s.Module == "__future__" && s.Names.Any(n => n.Name == "annotations"));
            return (new SyntaxTree(body, lazy), null);
        }
        catch (LexicalErrorException exception)
        {
            return (null, exception.Error);
        }
        catch (InsufficientExecutionStackException)
        {
            return (null, new PythonSyntaxError("SyntaxError", "too many nested expressions", parser.Current.Line, parser.Current.Column));
        }
    }

    private Token Current => _tokens[_next];

    private Token Peek(int ahead = 1) => _tokens[Math.Min(_next + ahead, _tokens.Length - 1)];

    private bool At(string text) => Current.Is(text);

    private bool AtKind(TokenKind kind) => Current.Kind == kind;

    private Token Advance()
    {
        var token = _tokens[_next];
        if (_next < _tokens.Length - 1)
            _next++;
        return token;
    }

    private bool Accept(string text)
    {
        if (!At(text))
            return false;
        Advance();
        return true;
    }

    private Token Expect(string text) => At(text) ? Advance() : throw Invalid($"expected '{text}'", false);

    private bool AtName => Current.Kind == TokenKind.Name && !s_keywords.Contains(Current.Text);

    private string ExpectName() => AtName ? Advance().Text : throw Invalid();

    private void Enter()
    {
        if (++_depth > MaximumDepth)
            throw ErrorAt(Current, "too many nested expressions");
    }

    private T Checked<T>(T expression) where T : Expression => expression.Height <= MaximumHeight
        ? expression
        : throw ErrorAt(Current, "too many nested expressions");

    /// <summary>A name inside a class body: <c>__x</c> becomes <c>_Class__x</c>.</summary>
    private string Mangle(string name)
    {
        if (_classNames.Count == 0 || !name.StartsWith("__", StringComparison.Ordinal) || name.EndsWith("__", StringComparison.Ordinal))
            return name;
        var cls = _classNames.Peek().TrimStart('_');
        return cls.Length == 0 ? name : $"_{cls}{name}";
    }

    /// <summary>The error CPython gives where no rule matches; lexical errors of the rest of the source take precedence.</summary>
    private LexicalErrorException Invalid(string message = "invalid syntax", bool generic = true)
    {
        var token = Current;
        if (_stream.Error is { } lexical && _stream.Unclosed.Line == 0)
            return new LexicalErrorException(lexical);
        if (_stream.Error is { } unclosed && (token.Kind == TokenKind.End || token.Line > _stream.Unclosed.Line))
            return new LexicalErrorException(unclosed);
        if (generic && message == "invalid syntax")
        {
            if (token.Kind == TokenKind.Indent)
                return ErrorAt(token, "unexpected indent", "IndentationError");
            if (token.Kind == TokenKind.Dedent)
                return ErrorAt(token, "unexpected unindent", "IndentationError");
        }

        return ErrorAt(token, message);
    }

    private static LexicalErrorException ErrorAt(Token token, string message, string kind = "SyntaxError") =>
        new(new PythonSyntaxError(kind, message, token.Line, token.Column));

    private static LexicalErrorException ErrorAt(Node node, string message) =>
        new(new PythonSyntaxError("SyntaxError", message, node.Line, node.Column));

    private List<Statement> ParseModule()
    {
        var body = new List<Statement>();
        while (!AtKind(TokenKind.End))
        {
            if (AtKind(TokenKind.NewLine))
                Advance();
            else
                ParseStatement(body);
        }

        return _stream.Error is { } error ? throw new LexicalErrorException(error) : body;
    }
}
