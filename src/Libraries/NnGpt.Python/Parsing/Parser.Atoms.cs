using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Primaries (attributes, calls, subscripts) and atoms.</summary>
internal sealed partial class Parser
{
    private Expression ParsePrimary()
    {
        var token = Current;
        if (Accept("await"))
        {
            Enter();
            var awaited = ParsePrimary();
            _depth--;
            return new YieldFromExpression(awaited) { Line = token.Line, Column = token.Column, IsAwait = true };
        }

        var value = ParseAtom();
        while (Current.Kind == TokenKind.Operator)
        {
            if (Accept("."))
            {
                var line = Current.Line;
                value = Checked(AttributeExpression.Create(value, Mangle(ExpectName()), line, token.Column));
            }
            else if (At("("))
            {
                Advance();
                var arguments = ParseArguments();
                if (!Accept(")"))
                    throw Invalid();
                value = Checked(CallExpression.Create(value, arguments, token.Line, token.Column));
            }
            else if (At("["))
            {
                Advance();
                var index = ParseSubscript();
                if (!Accept("]"))
                    throw ForgottenComma(index);
                value = Checked(SubscriptExpression.Create(value, index, token.Line, token.Column));
            }
            else
            {
                break;
            }
        }

        return value;
    }

    private List<Argument> ParseArguments()
    {
        Enter();
        var arguments = new List<Argument>();
        var names = new HashSet<string>();
        while (!At(")"))
        {
            var token = Current;
            if (Accept("**"))
            {
                arguments.Add(new Argument(ParseExpression(), false, true, null));
            }
            else if (Accept("*"))
            {
                if (arguments.Any(a => a.IsKeyword && a.Name is null))
                    throw ErrorAt(token, "iterable argument unpacking follows keyword argument unpacking");
                arguments.Add(new Argument(ParseExpression(), true, false, null));
            }
            else if (token.Kind == TokenKind.Name && Peek().Is("="))
            {
                if (!AtName)
                    throw ErrorAt(token, $"cannot assign to {token.Text}");
                var name = Mangle(Advance().Text);
                Advance();
                if (At(",") || At(")"))
                    throw ErrorAt(token, "expected argument value expression");
                if (!names.Add(name))
                    throw ErrorAt(token, $"keyword argument repeated: {name}");
                arguments.Add(new Argument(ParseExpression(), false, true, name));
                if (At("for") && AtComprehension())
                    throw ErrorAt(token, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
            }
            else
            {
                arguments.Add(new Argument(ParsePositional(arguments, token), false, false, null));
            }

            if (!Accept(","))
                break;
        }

        _depth--;
        if (!At(")") && arguments.Count > 0)
            throw ForgottenComma(arguments[^1].Value);
        return arguments;
    }

    private Expression ParsePositional(List<Argument> before, Token token)
    {
        var value = ParseNamedExpression();
        if (At("for") && AtComprehension())
        {
            value = ParseComprehension(ComprehensionKind.Generator, value, null, token);
            if (before.Count > 0 || (At(",") && !Peek().Is(")")))
                throw ErrorAt(token, "Generator expression must be parenthesized");
        }

        if (At("="))
            throw ErrorAt(value, "expression cannot contain assignment, perhaps you meant \"==\"?");
        if (before.Any(a => a.IsKeyword && a.Name is null))
            throw ErrorAt(Current, "positional argument follows keyword argument unpacking");
        return before.Any(a => a.IsKeyword)
            ? throw ErrorAt(Current, "positional argument follows keyword argument")
            : value;
    }

    private bool AtComprehension() => At("for") || (At("async") && Peek().Is("for"));

    /// <summary>Two expressions side by side inside brackets.</summary>
    private LexicalErrorException ForgottenComma(Expression before)
    {
        var error = _stream.Error is null || _stream.Unclosed.Line > 0;
        if (error && before is not (ComprehensionExpression or LambdaExpression) && (AtName || AtKind(TokenKind.Number) || AtKind(TokenKind.String) || At("None") || At("True") || At("False"))
            && !(_stream.Unclosed.Line > 0 && Current.Line > _stream.Unclosed.Line))
        {
            return ErrorAt(before, "invalid syntax. Perhaps you forgot a comma?");
        }

        return Invalid();
    }

    private Expression ParseSubscript()
    {
        Enter();
        var token = Current;
        var first = ParseSubscriptItem();
        if (At(","))
        {
            var items = new List<Expression> { first };
            while (Accept(","))
            {
                if (At("]"))
                    break;
                items.Add(ParseSubscriptItem());
            }

            first = new SequenceExpression(SequenceKind.Tuple, items) { Line = token.Line, Column = token.Column };
        }
        else if (first is StarredExpression)
        {
            first = new SequenceExpression(SequenceKind.Tuple, [first]) { Line = token.Line, Column = token.Column };
        }

        _depth--;
        return first;
    }

    private Expression ParseSubscriptItem()
    {
        var token = Current;
        if (At("*"))
            return ParseStarOrNamed();
        var start = At(":") ? null : ParseNamedExpression();
        if (!Accept(":"))
            return start ?? throw Invalid();
        var stop = At(":") || At("]") || At(",") ? null : ParseExpression();
        Expression? step = null;
        if (Accept(":"))
            step = At("]") || At(",") ? null : ParseExpression();
        return new SliceExpression(start, stop, step) { Line = token.Line, Column = token.Column };
    }

    private Expression ParseAtom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                switch (token.Text)
                {
                    case "None":
                        return Constant(PyNone.Value);
                    case "True":
                        return Constant(Py.True);
                    case "False":
                        return Constant(Py.False);
                }

                if (s_keywords.Contains(token.Text))
                    throw Invalid();
                Advance();
                return new NameExpression(Mangle(token.Text)) { Line = token.Line, Column = token.Column };
            case TokenKind.Number:
                Advance();
                return NumberLiteral.Parse(token);
            case TokenKind.String:
                return ParseStrings();
        }

        switch (token.Text)
        {
            case "(" when token.Kind == TokenKind.Operator:
                return ParseParenthesized();
            case "[" when token.Kind == TokenKind.Operator:
                return ParseListDisplay();
            case "{" when token.Kind == TokenKind.Operator:
                return ParseBraces();
            case "..." when token.Kind == TokenKind.Operator:
                return Constant(PyEllipsis.Value);
            default:
                throw Invalid();
        }
    }

    private ConstantExpression Constant(object value)
    {
        var token = Advance();
        return new ConstantExpression(value) { Line = token.Line, Column = token.Column };
    }

    private Expression ParseParenthesized()
    {
        var token = Advance();
        Enter();
        Expression value;
        if (At(")"))
        {
            value = new SequenceExpression(SequenceKind.Tuple, []) { Line = token.Line, Column = token.Column };
        }
        else if (At("yield"))
        {
            value = ParseYield();
        }
        else
        {
            var first = ParseStarOrNamed();
            if (AtComprehension())
                value = ParseComprehension(ComprehensionKind.Generator, first, null, token);
            else if (At(","))
                value = new SequenceExpression(SequenceKind.Tuple, ParseItems(first, ")")) { Line = token.Line, Column = token.Column };
            else
                value = first is StarredExpression ? throw ErrorAt(first, "cannot use starred expression here") : first;
        }

        _depth--;
        if (!Accept(")"))
            throw At("=") ? Invalid("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", false) : ForgottenComma(value);
        value.Parenthesized = true;
        return value;
    }

    private List<Expression> ParseItems(Expression first, string closing)
    {
        var items = new List<Expression> { first };
        while (Accept(","))
        {
            if (At(closing))
                break;
            items.Add(ParseStarOrNamed());
        }

        if (!At(closing))
            throw ForgottenComma(items[^1]);
        return items;
    }

    private Expression ParseListDisplay()
    {
        var token = Advance();
        Enter();
        Expression value;
        if (At("]"))
        {
            value = new SequenceExpression(SequenceKind.List, []) { Line = token.Line, Column = token.Column };
        }
        else
        {
            var first = ParseStarOrNamed();
            value = AtComprehension()
                ? ParseComprehension(ComprehensionKind.List, first, null, token)
                : new SequenceExpression(SequenceKind.List, ParseItems(first, "]")) { Line = token.Line, Column = token.Column };
        }

        _depth--;
        if (!Accept("]"))
            throw Invalid();
        return value;
    }

    private Expression ParseBraces()
    {
        var token = Advance();
        Enter();
        Expression value;
        if (At("}") || At("**"))
        {
            value = ParseDict(null, token);
        }
        else
        {
            var first = ParseStarOrNamed();
            if (At(":") && first is not StarredExpression)
                value = ParseDict(first, token);
            else if (AtComprehension())
                value = ParseComprehension(ComprehensionKind.Set, first, null, token);
            else
                value = new SequenceExpression(SequenceKind.Set, ParseItems(first, "}")) { Line = token.Line, Column = token.Column };
        }

        _depth--;
        if (!Accept("}"))
            throw Invalid();
        return value;
    }

    private Expression ParseDict(Expression? firstKey, Token token)
    {
        var items = new List<(Expression? Key, Expression Value)>();
        while (!At("}"))
        {
            if (firstKey is null && Accept("**"))
            {
                items.Add((null, ParseBinary(BitwiseOrLevel)));
            }
            else
            {
                var key = firstKey ?? ParseExpression();
                firstKey = null;
                if (!At(":"))
                    throw items.Count > 0 ? Invalid("':' expected after dictionary key", false) : Invalid();
                Advance();
                if (At("}") || At(","))
                    throw ErrorAt(Current, "expression expected after dictionary key and ':'");
                var value = ParseExpression();
                if (items.Count == 0 && AtComprehension())
                    return ParseComprehension(ComprehensionKind.Dict, key, value, token);
                items.Add((key, value));
            }

            if (!Accept(","))
                break;
        }

        if (!At("}") && items.Count > 0)
            throw ForgottenComma(items[^1].Value);
        return new DictExpression(items) { Line = token.Line, Column = token.Column };
    }

    private ComprehensionExpression ParseComprehension(ComprehensionKind kind, Expression element, Expression? value, Token token)
    {
        if (element is StarredExpression)
            throw ErrorAt(element, "iterable unpacking cannot be used in comprehension");
        var clauses = new List<ComprehensionClause>();
        while (At("for") || At("async"))
        {
            var isAsync = Accept("async");
            Advance();
            var target = ParseTargets();
            RequireTarget(target, TargetUse.Loop);
            if (!Accept("in"))
                throw Invalid();
            var iterable = ParseOr();
            var conditions = new List<Expression>();
            while (Accept("if"))
                conditions.Add(ParseCondition());
            clauses.Add(new ComprehensionClause(target, iterable, conditions, isAsync));
        }

        return new ComprehensionExpression(kind, element, value, clauses) { Line = token.Line, Column = token.Column };
    }

    private Expression ParseCondition()
    {
        var condition = ParseOr();
        if (!At(":=") || condition is not NameExpression name)
            return condition;
        Advance();
        return new NamedExpression(name, ParseExpression()) { Line = name.Line, Column = name.Column };
    }
}
