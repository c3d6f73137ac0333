using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Expressions down to the operators.</summary>
internal sealed partial class Parser
{
    private const int BitwiseOrLevel = 0;

    private static readonly Dictionary<string, BinaryOperator>[] s_levels =
    [
        new() { ["|"] = BinaryOperator.Or },
        new() { ["^"] = BinaryOperator.Xor },
        new() { ["&"] = BinaryOperator.And },
        new() { ["<<"] = BinaryOperator.LeftShift, [">>"] = BinaryOperator.RightShift },
        new() { ["+"] = BinaryOperator.Add, ["-"] = BinaryOperator.Subtract },
        new()
        {
            ["*"] = BinaryOperator.Multiply,
            ["/"] = BinaryOperator.Divide,
            ["//"] = BinaryOperator.FloorDivide,
            ["%"] = BinaryOperator.Modulo,
            ["@"] = BinaryOperator.MatrixMultiply,
        },
    ];

    /// <summary>Comma-separated expressions with stars: a tuple when there is a comma.</summary>
    private Expression ParseStarExpressions(bool allowYield = false)
    {
        if (allowYield && At("yield"))
            return ParseYield();
        var token = Current;
        var first = ParseStarOrPlain();
        if (!At(","))
        {
            return first is StarredExpression && !At("=")
                ? throw ErrorAt(first, "can't use starred expression here")
                : first;
        }

        var items = new List<Expression> { first };
        while (Accept(","))
        {
            if (!CanStartExpression())
                break;
            items.Add(ParseStarOrPlain());
        }

        return new SequenceExpression(SequenceKind.Tuple, items) { Line = token.Line, Column = token.Column };
    }

    private bool CanStartExpression() => Current.Kind switch
    {
        TokenKind.Number or TokenKind.String => true,
        TokenKind.Name => !s_keywords.Contains(Current.Text) || Current.Text is "None" or "True" or "False" or "not" or "lambda" or "await" or "yield",
        TokenKind.Operator => Current.Text is "(" or "[" or "{" or "-" or "+" or "~" or "..." or "*",
        _ => false,
    };

    private Expression ParseStarOrPlain() => At("*") ? ParseStarOrNamed() : ParseExpression();

    private Expression ParseStarOrNamed()
    {
        var token = Current;
        return Accept("*")
            ? new StarredExpression(ParseBinary(BitwiseOrLevel)) { Line = token.Line, Column = token.Column }
            : ParseNamedExpression();
    }

    private Expression ParseYield()
    {
        var token = Advance();
        if (Accept("from"))
            return new YieldFromExpression(ParseExpression()) { Line = token.Line, Column = token.Column };
        var value = CanStartExpression() ? ParseStarExpressions() : null;
        return new YieldExpression(value) { Line = token.Line, Column = token.Column };
    }

    private Expression ParseNamedExpression()
    {
        var expression = ParseExpression();
        if (!At(":="))
            return expression;
        if (expression is not NameExpression name)
            throw ErrorAt(expression, $"cannot use assignment expressions with {Describe(expression)}");
        Advance();
        return new NamedExpression(name, ParseExpression()) { Line = name.Line, Column = name.Column };
    }

    private Expression ParseExpression()
    {
        Enter();
        try
        {
            if (At("lambda"))
                return ParseLambda();
            var value = ParseOr();
            if (!At("if"))
                return value;
            Advance();
            var condition = ParseOr();
            if (!Accept("else"))
            {
                if (At(":") || _stream.Error is not null)
                    throw Invalid();
                throw ErrorAt(value, "expected 'else' after 'if' expression");
            }

            return new ConditionalExpression(condition, value, ParseExpression()) { Line = value.Line, Column = value.Column };
        }
        finally
        {
            _depth--;
        }
    }

    private LambdaExpression ParseLambda()
    {
        var token = Advance();
        var parameters = ParseParameters(":", annotated: false);
        if (!Accept(":"))
            throw Invalid();
        return new LambdaExpression(parameters, ParseExpression()) { Line = token.Line, Column = token.Column };
    }

    private Expression ParseOr()
    {
        var first = ParseAnd();
        if (!At("or"))
            return first;
        var values = new List<Expression> { first };
        while (Accept("or"))
            values.Add(ParseAnd());
        return new BooleanExpression(false, values) { Line = first.Line, Column = first.Column };
    }

    private Expression ParseAnd()
    {
        var first = ParseNot();
        if (!At("and"))
            return first;
        var values = new List<Expression> { first };
        while (Accept("and"))
            values.Add(ParseNot());
        return new BooleanExpression(true, values) { Line = first.Line, Column = first.Column };
    }

    private Expression ParseNot()
    {
        var token = Current;
        if (!Accept("not"))
            return ParseComparison();
        Enter();
        var operand = ParseNot();
        _depth--;
        return Checked(new UnaryExpression(UnaryOperator.Not, operand) { Line = token.Line, Column = token.Column });
    }

    private Expression ParseComparison()
    {
        var left = ParseBinary(BitwiseOrLevel);
        List<Comparison>? comparisons = null;
        while (TryComparison(out var kind, out var op))
            (comparisons ??= []).Add(new Comparison(kind, op, ParseBinary(BitwiseOrLevel)));
        return comparisons is null ? left : new CompareExpression(left, comparisons) { Line = left.Line, Column = left.Column };
    }

    private bool TryComparison(out ComparisonKind kind, out CompareOperator op)
    {
        kind = ComparisonKind.Rich;
        op = CompareOperator.Equal;
        var token = Current;
        if (token.Kind == TokenKind.Operator)
        {
            switch (token.Text)
            {
                case "==":
                    break;
                case "!=":
                    op = CompareOperator.NotEqual;
                    break;
                case "<":
                    op = CompareOperator.Less;
                    break;
                case "<=":
                    op = CompareOperator.LessOrEqual;
                    break;
                case ">":
                    op = CompareOperator.Greater;
                    break;
                case ">=":
                    op = CompareOperator.GreaterOrEqual;
                    break;
                default:
                    return false;
            }

            Advance();
            return true;
        }

        if (Accept("in"))
            kind = ComparisonKind.In;
        else if (Accept("is"))
            kind = Accept("not") ? ComparisonKind.IsNot : ComparisonKind.Is;
        else if (At("not") && Peek().Is("in"))
            (kind, _, _) = (ComparisonKind.NotIn, Advance(), Advance());
        else
            return false;
        return true;
    }

    private Expression ParseBinary(int level)
    {
        if (level == s_levels.Length)
            return ParseUnary();
        var left = ParseBinary(level + 1);
        while (Current.Kind == TokenKind.Operator && s_levels[level].TryGetValue(Current.Text, out var op))
        {
            Advance();
            left = Checked(new BinaryExpression(op, left, ParseBinary(level + 1)) { Line = left.Line, Column = left.Column });
        }

        return left;
    }

    private Expression ParseUnary()
    {
        var token = Current;
        if (token.Kind != TokenKind.Operator || token.Text is not ("-" or "+" or "~"))
            return ParsePower();
        Advance();
        Enter();
        var operand = ParseUnary();
        _depth--;
        var op = token.Text switch { "-" => UnaryOperator.Minus, "+" => UnaryOperator.Plus, _ => UnaryOperator.Invert };
        if (op == UnaryOperator.Minus && operand is ConstantExpression { Value: long or double } number)
            return new ConstantExpression(Py.Negate(number.Value)) { Line = token.Line, Column = token.Column };
        return Checked(new UnaryExpression(op, operand) { Line = token.Line, Column = token.Column });
    }

    private Expression ParsePower()
    {
        var value = ParsePrimary();
        if (!Accept("**"))
            return value;
        Enter();
        var exponent = ParseUnary();
        _depth--;
        return Checked(new BinaryExpression(BinaryOperator.Power, value, exponent) { Line = value.Line, Column = value.Column });
    }
}
