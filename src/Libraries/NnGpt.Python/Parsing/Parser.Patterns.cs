using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>match statements.</summary>
internal sealed partial class Parser
{
    /// <summary><c>match</c> is a keyword only when its line ends in a colon and a case follows.</summary>
    private bool LooksLikeMatch()
    {
        if (Peek().Kind == TokenKind.Operator && Peek().Text is "=" or "." or "," or ")" or ":" or "+=" or ";")
            return false;
        var depth = 0;
        for (var i = _next + 1; i < _tokens.Length; i++)
        {
            var token = _tokens[i];
            if (token.Kind == TokenKind.Operator)
            {
                depth += token.Text switch { "(" or "[" or "{" => 1, ")" or "]" or "}" => -1, _ => 0 };
            }
            else if (token.Kind is TokenKind.NewLine or TokenKind.End)
            {
                return depth == 0 && _tokens[i - 1].Is(":") && i + 2 < _tokens.Length
                       && _tokens[i + 1].Kind == TokenKind.Indent && _tokens[i + 2].Is("case");
            }
        }

        return false;
    }

    private MatchStatement ParseMatch()
    {
        var token = Advance();
        var subject = ParseStarExpressions();
        Expect(":");
        Advance();
        Advance();
        var cases = new List<MatchCase>();
        while (At("case"))
        {
            var start = Advance();
            var pattern = ParsePatterns();
            var guard = Accept("if") ? ParseNamedExpression() : null;
            cases.Add(new MatchCase(pattern, guard, ParseBlock("'case' statement", start.Line), start.Line));
        }

        if (!AtKind(TokenKind.Dedent) && !AtKind(TokenKind.End))
            throw Invalid();
        Advance();
        return new MatchStatement(subject, cases) { Line = token.Line, Column = token.Column };
    }

    private Pattern ParsePatterns()
    {
        var token = Current;
        var first = ParseStarPattern();
        if (!At(","))
            return first is StarPattern ? new SequencePattern([first]) { Line = token.Line } : first;
        var items = new List<Pattern> { first };
        while (Accept(","))
        {
            if (At(":") || At("if"))
                break;
            items.Add(ParseStarPattern());
        }

        return new SequencePattern(items) { Line = token.Line, Column = token.Column };
    }

    private Pattern ParseStarPattern()
    {
        if (!At("*"))
            return ParsePattern();
        var token = Advance();
        var name = Mangle(ExpectName());
        return new StarPattern(name == "_" ? null : name) { Line = token.Line, Column = token.Column };
    }

    private Pattern ParsePattern()
    {
        Enter();
        var token = Current;
        var alternatives = new List<Pattern> { ParseClosedPattern() };
        while (Accept("|"))
            alternatives.Add(ParseClosedPattern());
        Pattern pattern = alternatives.Count == 1 ? alternatives[0] : new OrPattern(alternatives) { Line = token.Line };
        if (Accept("as"))
            pattern = new CapturePattern(pattern, Mangle(ExpectName())) { Line = token.Line, Column = token.Column };
        _depth--;
        return pattern;
    }

    private Pattern ParseClosedPattern()
    {
        var token = Current;
        if (token.Kind is TokenKind.Number or TokenKind.String || At("-"))
            return new ValuePattern(ParseBinary(4), false) { Line = token.Line, Column = token.Column };
        if (At("None") || At("True") || At("False"))
            return new ValuePattern(ParseAtom(), true) { Line = token.Line, Column = token.Column };
        if (Accept("("))
            return ParseGroup(")", token);
        if (Accept("["))
            return ParseGroup("]", token);
        if (Accept("{"))
            return ParseMapping(token);
        var name = Mangle(ExpectName());
        if (!At(".") && !At("("))
            return new CapturePattern(null, name == "_" ? null : name) { Line = token.Line, Column = token.Column };
        Expression value = new NameExpression(name) { Line = token.Line, Column = token.Column };
        while (Accept("."))
            value = AttributeExpression.Create(value, Mangle(ExpectName()), token.Line, token.Column);
        return Accept("(") ? ParseClassPattern(value, token) : new ValuePattern(value, false) { Line = token.Line, Column = token.Column };
    }

    private Pattern ParseGroup(string closing, Token token)
    {
        var items = new List<Pattern>();
        var comma = false;
        while (!At(closing))
        {
            items.Add(ParseStarPattern());
            comma = Accept(",");
            if (!comma)
                break;
        }

        if (!Accept(closing))
            throw Invalid();
        return closing == ")" && items.Count == 1 && !comma && items[0] is not StarPattern
            ? items[0]
            : new SequencePattern(items) { Line = token.Line, Column = token.Column };
    }

    private MappingPattern ParseMapping(Token token)
    {
        var items = new List<(Expression Key, Pattern Value)>();
        string? rest = null;
        var hasRest = false;
        while (!At("}"))
        {
            if (Accept("**"))
            {
                rest = Mangle(ExpectName());
                hasRest = true;
            }
            else
            {
                var key = ParseBinary(4);
                Expect(":");
                items.Add((key, ParsePattern()));
            }

            if (!Accept(","))
                break;
        }

        if (!Accept("}"))
            throw Invalid();
        return new MappingPattern(items, rest, hasRest) { Line = token.Line, Column = token.Column };
    }

    private ClassPattern ParseClassPattern(Expression cls, Token token)
    {
        var positional = new List<Pattern>();
        var keywords = new List<(string Name, Pattern Value)>();
        while (!At(")"))
        {
            if (AtName && Peek().Is("="))
            {
                var name = Advance().Text;
                Advance();
                keywords.Add((name, ParsePattern()));
            }
            else
            {
                if (keywords.Count > 0)
                    throw ErrorAt(Current, "positional patterns follow keyword patterns");
                positional.Add(ParsePattern());
            }

            if (!Accept(","))
                break;
        }

        if (!Accept(")"))
            throw Invalid();
        return new ClassPattern(cls, positional, keywords) { Line = token.Line, Column = token.Column };
    }
}
