using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Simple statements.</summary>
internal sealed partial class Parser
{
    private static readonly Dictionary<string, BinaryOperator> s_augmented = new()
    {
        ["+="] = BinaryOperator.Add,
        ["-="] = BinaryOperator.Subtract,
        ["*="] = BinaryOperator.Multiply,
        ["@="] = BinaryOperator.MatrixMultiply,
        ["/="] = BinaryOperator.Divide,
        ["//="] = BinaryOperator.FloorDivide,
        ["%="] = BinaryOperator.Modulo,
        ["**="] = BinaryOperator.Power,
        ["<<="] = BinaryOperator.LeftShift,
        [">>="] = BinaryOperator.RightShift,
        ["&="] = BinaryOperator.And,
        ["|="] = BinaryOperator.Or,
        ["^="] = BinaryOperator.Xor,
    };

    private void ParseStatement(List<Statement> body)
    {
        if (ParseCompound(body) is { } compound)
        {
            body.Add(compound);
            return;
        }

        ParseSimpleLine(body);
    }

    private void ParseSimpleLine(List<Statement> body)
    {
        while (true)
        {
            body.Add(ParseSimple());
            if (!Accept(";"))
                break;
            if (AtKind(TokenKind.NewLine))
                break;
        }

        EndOfStatement(body[^1]);
    }

    private void EndOfStatement(Statement last)
    {
        if (AtKind(TokenKind.NewLine))
        {
            Advance();
            return;
        }

        if (AtKind(TokenKind.End) && _stream.Error is null)
            return;
        if (last is ExpressionStatement { Value: NameExpression { Id: "print" or "exec" } name } && StartsExpression())
            throw ErrorAt(name, $"Missing parentheses in call to '{name.Id}'. Did you mean {name.Id}(...)?");
        throw Invalid();
    }

    private bool StartsExpression() =>
        AtKind(TokenKind.String) || AtKind(TokenKind.Number) || (AtName && !IsSoftKeywordUse()) || At("None") || At("True") || At("False")
        || At("lambda") || At("not") || At("...") || At("~");

    private static bool IsSoftKeywordUse() => false;

    private Statement ParseSimple()
    {
        var token = Current;
        if (token.Kind == TokenKind.Name)
        {
            switch (token.Text)
            {
                case "pass":
                    Advance();
                    return new PassStatement { Line = token.Line, Column = token.Column };
                case "break":
                    Advance();
                    return new BreakStatement { Line = token.Line, Column = token.Column };
                case "continue":
                    Advance();
                    return new ContinueStatement { Line = token.Line, Column = token.Column };
                case "return":
                    Advance();
                    return new ReturnStatement(AtEndOfStatement ? null : ParseStarExpressions()) { Line = token.Line, Column = token.Column };
                case "raise":
                    return ParseRaise();
                case "global" or "nonlocal":
                    return ParseGlobal();
                case "del":
                    return ParseDelete();
                case "assert":
                    return ParseAssert();
                case "import":
                    return ParseImport();
                case "from":
                    return ParseImportFrom();
            }
        }

        return ParseExpressionStatement();
    }

    private bool AtEndOfStatement => Current.Kind is TokenKind.NewLine or TokenKind.End || At(";");

    private RaiseStatement ParseRaise()
    {
        var token = Advance();
        if (AtEndOfStatement)
            return new RaiseStatement(null, null) { Line = token.Line, Column = token.Column };
        var exception = ParseExpression();
        var cause = Accept("from") ? ParseExpression() : null;
        return new RaiseStatement(exception, cause) { Line = token.Line, Column = token.Column };
    }

    private GlobalStatement ParseGlobal()
    {
        var token = Advance();
        var names = new List<string> { Mangle(ExpectName()) };
        while (Accept(","))
            names.Add(Mangle(ExpectName()));
        return new GlobalStatement(names, token.Text == "nonlocal") { Line = token.Line, Column = token.Column };
    }

    private DeleteStatement ParseDelete()
    {
        var token = Advance();
        var targets = ParseStarExpressions();
        IReadOnlyList<Expression> list = targets is SequenceExpression { Kind: SequenceKind.Tuple, Parenthesized: false } tuple ? tuple.Items : [targets];
        foreach (var target in list)
            RequireTarget(target, TargetUse.Delete);
        return new DeleteStatement(list) { Line = token.Line, Column = token.Column };
    }

    private AssertStatement ParseAssert()
    {
        var token = Advance();
        var condition = ParseNamedExpression();
        var message = Accept(",") ? ParseExpression() : null;
        return new AssertStatement(condition, message) { Line = token.Line, Column = token.Column };
    }

    private ImportStatement ParseImport()
    {
        var token = Advance();
        var names = new List<ImportAlias>();
        do
        {
            var name = ParseDottedName();
            names.Add(new ImportAlias(name, Accept("as") ? Mangle(ExpectName()) : null));
        }
        while (Accept(","));
        return new ImportStatement(names) { Line = token.Line, Column = token.Column };
    }

    private string ParseDottedName()
    {
        var name = ExpectName();
        while (Accept("."))
            name += "." + ExpectName();
        return name;
    }

    private ImportFromStatement ParseImportFrom()
    {
        var token = Advance();
        var level = 0;
        while (At(".") || At("..."))
            level += Advance().Text.Length;
        var module = level > 0 && At("import") ? "" : ParseDottedName();
        Expect("import");
        var names = new List<ImportAlias>();
        if (Accept("*"))
        {
            names.Add(new ImportAlias("*", null));
        }
        else
        {
            var parenthesized = Accept("(");
            while (true)
            {
                var name = ExpectName();
                names.Add(new ImportAlias(name, Accept("as") ? Mangle(ExpectName()) : null));
                if (!Accept(","))
                    break;
                if (parenthesized && At(")"))
                    break;
                if (!parenthesized && AtKind(TokenKind.NewLine))
                    throw ErrorAt(Current, "trailing comma not allowed without surrounding parentheses");
            }

            if (parenthesized && !Accept(")"))
                throw Invalid();
        }

        return new ImportFromStatement(module, level, names) { Line = token.Line, Column = token.Column };
    }

    private Statement ParseExpressionStatement()
    {
        var token = Current;
        var first = ParseStarExpressions(allowYield: true);
        if (At(":") && !(first is SequenceExpression { Parenthesized: false }))
            return ParseAnnotatedAssign(first, token);
        if (At("="))
            return ParseAssign(first, token);
        if (AtKind(TokenKind.Operator) && s_augmented.TryGetValue(Current.Text, out var op))
        {
            if (first is not (NameExpression or AttributeExpression or SubscriptExpression))
                throw ErrorAt(first, $"'{Describe(first)}' is an illegal expression for augmented assignment");
            Advance();
            var value = ParseStarExpressions(allowYield: true);
            return new AugmentedAssignStatement(first, op, value) { Line = token.Line, Column = token.Column };
        }

        return new ExpressionStatement(first) { Line = token.Line, Column = token.Column };
    }

    private AnnotatedAssignStatement ParseAnnotatedAssign(Expression target, Token token)
    {
        if (target is not (NameExpression or AttributeExpression or SubscriptExpression))
        {
            throw target is SequenceExpression { Kind: SequenceKind.List or SequenceKind.Tuple } sequence
                ? ErrorAt(target, $"only single target (not {(sequence.Kind == SequenceKind.List ? "list" : "tuple")}) can be annotated")
                : StartsExpression() || AtName ? ErrorAt(target, "illegal target for annotation") : Invalid();
        }

        Advance();
        var annotation = ParseExpression();
        var value = Accept("=") ? ParseStarExpressions(allowYield: true) : null;
        return new AnnotatedAssignStatement(target, annotation, value) { Line = token.Line, Column = token.Column };
    }

    private AssignStatement ParseAssign(Expression first, Token token)
    {
        var targets = new List<Expression>();
        var value = first;
        while (Accept("="))
        {
            RequireTarget(value, TargetUse.Assign);
            targets.Add(value);
            value = ParseStarExpressions(allowYield: true);
        }

        return new AssignStatement(targets, value) { Line = token.Line, Column = token.Column };
    }
}
