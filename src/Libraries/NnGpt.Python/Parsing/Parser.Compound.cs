using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Compound statements and their blocks.</summary>
internal sealed partial class Parser
{
    private Statement? ParseCompound(List<Statement> before)
    {
        if (At("@"))
            return ParseDecorated(before);
        if (!AtKind(TokenKind.Name))
            return null;
        switch (Current.Text)
        {
            case "if":
                return ParseIf();
            case "for":
                return ParseFor();
            case "while":
                return ParseWhile();
            case "try":
                return ParseTry();
            case "with":
                return ParseWith();
            case "def":
                return ParseFunction([], before);
            case "class":
                return ParseClass([], before);
            case "async":
                return ParseAsync(before);
            case "type" when Peek().Kind == TokenKind.Name && !s_keywords.Contains(Peek().Text)
                             && (Peek(2).Is("=") || Peek(2).Is("[")):
                return ParseTypeAlias(before);
            case "match" when LooksLikeMatch():
                return ParseMatch();
            default:
                return null;
        }
    }

    private List<Statement> ParseBlock(string owner, int ownerLine)
    {
        if (!At(":"))
            throw Invalid(GuessMissingColon(), false);
        Advance();
        var body = new List<Statement>();
        if (!AtKind(TokenKind.NewLine))
        {
            ParseSimpleLine(body);
            return body;
        }

        Advance();
        if (!AtKind(TokenKind.Indent))
        {
            if (_stream.Error is { } error && AtKind(TokenKind.End))
                throw new LexicalErrorException(error);
            throw ErrorAt(Current, $"expected an indented block after {owner} on line {ownerLine}", "IndentationError");
        }

        Advance();
        if (++_depth > MaximumDepth)
            throw ErrorAt(Current, "too many statically nested blocks");
        while (!AtKind(TokenKind.Dedent) && !AtKind(TokenKind.End))
        {
            if (AtKind(TokenKind.NewLine))
                Advance();
            else
                ParseStatement(body);
        }

        _depth--;
        if (AtKind(TokenKind.Dedent))
            Advance();
        return body;
    }

    private string GuessMissingColon() => AtKind(TokenKind.NewLine) || AtKind(TokenKind.End) ? "expected ':'" : "invalid syntax";

    private IfStatement ParseIf()
    {
        var token = Advance();
        var condition = ParseNamedExpression();
        RejectAssignmentInCondition(condition);
        var branches = new List<IfBranch> { new(condition, ParseBlock("'if' statement", token.Line)) };
        IReadOnlyList<Statement> otherwise = [];
        while (At("elif"))
        {
            var elif = Advance();
            condition = ParseNamedExpression();
            RejectAssignmentInCondition(condition);
            branches.Add(new IfBranch(condition, ParseBlock("'elif' statement", elif.Line)));
        }

        if (At("else"))
            otherwise = ParseBlock("'else' statement", Advance().Line);
        return new IfStatement(branches, otherwise) { Line = token.Line, Column = token.Column };
    }

    private void RejectAssignmentInCondition(Expression condition)
    {
        if (!At("="))
            return;
        throw condition is NameExpression
            ? ErrorAt(condition, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
            : ErrorAt(condition, $"cannot assign to {Describe(condition)} here. Maybe you meant '==' instead of '='?");
    }

    private Statement ParseAsync(List<Statement> before)
    {
        Advance();
        return Current.Text switch
        {
            "def" => ParseFunction([], before, isAsync: true),
            "for" => ParseFor(isAsync: true),
            "with" => ParseWith(isAsync: true),
            _ => throw Invalid(),
        };
    }

    private ForStatement ParseFor(bool isAsync = false)
    {
        var token = Advance();
        var target = ParseTargets();
        RequireTarget(target, TargetUse.Loop);
        if (!Accept("in"))
            throw Invalid();
        var iterable = ParseStarExpressions();
        var body = ParseBlock("'for' statement", token.Line);
        IReadOnlyList<Statement> otherwise = At("else") ? ParseBlock("'else' statement", Advance().Line) : [];
        return new ForStatement(target, iterable, body, otherwise) { Line = token.Line, Column = token.Column, IsAsync = isAsync };
    }

    /// <summary>The targets of a for: a comma-separated list that stops before <c>in</c>.</summary>
    private Expression ParseTargets()
    {
        var token = Current;
        var items = new List<Expression>();
        var comma = false;
        do
        {
            if (At("in"))
                break;
            var star = Current;
            items.Add(Accept("*")
                ? new StarredExpression(ParseBinary(BitwiseOrLevel)) { Line = star.Line, Column = star.Column }
                : ParseBinary(BitwiseOrLevel));
            comma = Accept(",");
        }
        while (comma);
        if (items.Count == 0)
            throw Invalid();
        return items.Count == 1 && !comma
            ? items[0]
            : new SequenceExpression(SequenceKind.Tuple, items) { Line = token.Line, Column = token.Column };
    }

    private WhileStatement ParseWhile()
    {
        var token = Advance();
        var condition = ParseNamedExpression();
        RejectAssignmentInCondition(condition);
        var body = ParseBlock("'while' statement", token.Line);
        IReadOnlyList<Statement> otherwise = At("else") ? ParseBlock("'else' statement", Advance().Line) : [];
        return new WhileStatement(condition, body, otherwise) { Line = token.Line, Column = token.Column };
    }

    private TryStatement ParseTry()
    {
        var token = Advance();
        var body = ParseBlock("'try' statement", token.Line);
        var handlers = new List<ExceptHandler>();
        var isStar = false;
        IReadOnlyList<Statement> otherwise = [];
        IReadOnlyList<Statement> final = [];
        while (At("except"))
        {
            var except = Advance();
            var star = Accept("*");
            if (handlers.Count > 0 && star != isStar)
                throw ErrorAt(except, "cannot have both 'except' and 'except*' on the same 'try'");
            isStar = star;
            if (star && At(":"))
                throw ErrorAt(Current, "expected one or more exception types");
            Expression? type = null;
            string? name = null;
            if (!At(":"))
            {
                type = ParseExpression();
                if (At(","))
                    throw ErrorAt(type, "multiple exception types must be parenthesized");
                if (Accept("as"))
                    name = Mangle(ExpectName());
            }

            if (handlers.Count > 0 && handlers[^1].Type is null)
                throw new LexicalErrorException(new PythonSyntaxError("SyntaxError", "default 'except:' must be last", handlers[^1].Line, except.Column));
            handlers.Add(new ExceptHandler(type, name, ParseBlock(isStar ? "'except*' statement" : "'except' statement", except.Line), except.Line));
        }

        if (handlers.Count > 0 && At("else"))
            otherwise = ParseBlock("'else' statement", Advance().Line);
        if (At("finally"))
            final = ParseBlock("'finally' statement", Advance().Line);
        else if (handlers.Count == 0)
            throw Invalid("expected 'except' or 'finally' block", false);
        return new TryStatement(body, handlers, otherwise, final) { Line = token.Line, Column = token.Column, IsStar = isStar };
    }

    private WithStatement ParseWith(bool isAsync = false)
    {
        var token = Advance();
        var items = TryParseParenthesizedItems() ?? ParseWithItems(null);
        return new WithStatement(items, ParseBlock("'with' statement", token.Line)) { Line = token.Line, Column = token.Column, IsAsync = isAsync };
    }

    private List<WithItem>? TryParseParenthesizedItems()
    {
        if (!At("("))
            return null;
        var start = _next;
        Advance();
        try
        {
            var items = ParseWithItems(")");
            if (Accept(")") && At(":"))
                return items;
        }
        catch (LexicalErrorException)
        {
            // Not a parenthesized list of items: read again as an expression that begins with a parenthesis.
        }

        _next = start;
        return null;
    }

    private List<WithItem> ParseWithItems(string? closing)
    {
        var items = new List<WithItem>();
        do
        {
            if (closing is not null && At(closing))
                break;
            var manager = ParseExpression();
            Expression? target = null;
            if (Accept("as"))
            {
                target = ParseWithTarget();
                RequireTarget(target, TargetUse.Loop);
            }

            items.Add(new WithItem(manager, target));
        }
        while (Accept(","));
        return items;
    }

    private Expression ParseWithTarget() => ParseBinary(BitwiseOrLevel);

    private Statement ParseDecorated(List<Statement> before)
    {
        var decorators = new List<Expression>();
        while (Accept("@"))
        {
            decorators.Add(ParseNamedExpression());
            if (!AtKind(TokenKind.NewLine))
                throw Invalid();
            Advance();
        }

        if (At("def"))
            return ParseFunction(decorators, before);
        if (At("class"))
            return ParseClass(decorators, before);
        if (At("async") && Peek().Is("def"))
        {
            Advance();
            return ParseFunction(decorators, before, isAsync: true);
        }

        throw Invalid();
    }

    private Statement ParseFunction(List<Expression> decorators, List<Statement> before, bool isAsync = false)
    {
        var token = Advance();
        var name = Mangle(ExpectName());
        var types = ParseTypeParameters();
        if (!Accept("("))
            throw Invalid("expected '('", false);
        var parameters = ParseParameters(")", annotated: true);
        if (!Accept(")"))
            throw Invalid();
        var returns = Accept("->") ? ParseExpression() : null;
        var body = ParseBlock("function definition", token.Line);
        return WithTypeParameters(types, name, decorators, token, before, (variable, own) =>
            new FunctionStatement(name, parameters, returns, own, body) { Line = token.Line, Column = token.Column, Variable = variable, IsAsync = isAsync });
    }

    private Statement ParseClass(List<Expression> decorators, List<Statement> before)
    {
        var token = Advance();
        var rawName = ExpectName();
        var name = Mangle(rawName);
        var types = ParseTypeParameters();
        IReadOnlyList<Argument> arguments = [];
        if (Accept("("))
        {
            arguments = ParseArguments();
            if (!Accept(")"))
                throw Invalid();
        }

        _classNames.Push(rawName);
        var body = ParseBlock("class definition", token.Line);
        _classNames.Pop();
        if (types.Count > 0)
        {
            var generic = new SequenceExpression(SequenceKind.Tuple, [.. types.Select(t => (Expression)new NameExpression(t.Name))]);
            arguments = [.. arguments, new Argument(new TypeParameterExpression(".generic", "Generic", generic), false, false, null)];
            arguments = [.. arguments.Where(a => !a.IsKeyword), .. arguments.Where(a => a.IsKeyword)];
        }

        return WithTypeParameters(types, name, decorators, token, before, (variable, own) =>
            new ClassStatement(name, arguments, own, body) { Line = token.Line, Column = token.Column, Variable = variable });
    }

    private List<ParameterNode> ParseParameters(string closing, bool annotated)
    {
        var parameters = new List<ParameterNode>();
        var names = new HashSet<string>();
        var kind = ParameterKind.Positional;
        var bareStar = false;
        while (!At(closing))
        {
            var token = Current;
            if (parameters.Count > 0 && parameters[^1].Kind == ParameterKind.VarKeywords)
                throw ErrorAt(token, "arguments cannot follow var-keyword argument");
            if (Accept("/"))
            {
                if (parameters.Count == 0)
                    throw ErrorAt(token, "at least one argument must precede /");
                if (parameters.Any(p => p.Kind == ParameterKind.PositionalOnly))
                    throw ErrorAt(token, "/ may appear only once");
                if (kind != ParameterKind.Positional)
                    throw ErrorAt(token, "/ must be ahead of *");
                for (var i = 0; i < parameters.Count; i++)
                    parameters[i] = parameters[i] with { Kind = ParameterKind.PositionalOnly };
            }
            else if (Accept("**"))
            {
                parameters.Add(ParseParameter(ParameterKind.VarKeywords, annotated));
            }
            else if (Accept("*"))
            {
                if (kind == ParameterKind.KeywordOnly)
                    throw ErrorAt(token, "* argument may appear only once");
                kind = ParameterKind.KeywordOnly;
                bareStar = At(",");
                if (!bareStar)
                {
                    if (At(closing))
                        throw ErrorAt(token, "named arguments must follow bare *");
                    parameters.Add(ParseParameter(ParameterKind.VarArgs, annotated));
                }
            }
            else
            {
                var parameter = ParseParameter(kind, annotated);
                if (kind == ParameterKind.Positional && parameter.Default is null && parameters.Any(p => p.Default is not null))
                    throw ErrorAt(token, "non-default argument follows default argument");
                parameters.Add(parameter);
                bareStar = false;
            }

            if (parameters.Count > 0 && token.Text is not ("/" or "*") && !names.Add(parameters[^1].Name))
                throw ErrorAt(token, $"duplicate argument '{parameters[^1].Name}' in function definition");
            if (!Accept(","))
                break;
        }

        if (bareStar)
            throw ErrorAt(Current, "named arguments must follow bare *");
        return parameters;
    }

    private ParameterNode ParseParameter(ParameterKind kind, bool annotated)
    {
        var name = Mangle(ExpectName());
        Expression? annotation = null;
        if (annotated && Accept(":"))
        {
            var star = Current;
            annotation = kind == ParameterKind.VarArgs && Accept("*")
                ? new StarredExpression(ParseExpression()) { Line = star.Line, Column = star.Column }
                : ParseExpression();
        }

        Expression? value = null;
        if (At("="))
        {
            if (kind is ParameterKind.VarArgs or ParameterKind.VarKeywords)
                throw ErrorAt(Current, $"var-{(kind == ParameterKind.VarArgs ? "positional" : "keyword")} argument cannot have default value");
            Advance();
            if (At(")") || At(","))
                throw ErrorAt(Current, "expected default value expression");
            value = ParseExpression();
        }

        return new ParameterNode(name, kind, value, annotation);
    }
}
