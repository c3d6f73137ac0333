using NnGpt.Python.Runtime;

namespace NnGpt.Python.Syntax;

/// <summary>An expression whose value is dropped.</summary>
internal sealed class ExpressionStatement(Expression value) : Statement
{
    public Expression Value { get; } = value;
}

/// <summary><c>a = b = value</c>.</summary>
internal sealed class AssignStatement(IReadOnlyList<Expression> targets, Expression value) : Statement
{
    public IReadOnlyList<Expression> Targets { get; } = targets;

    public Expression Value { get; } = value;
}

/// <summary><c>target += value</c>.</summary>
internal sealed class AugmentedAssignStatement(Expression target, BinaryOperator op, Expression value) : Statement
{
    public Expression Target { get; } = target;

    public BinaryOperator Operator { get; } = op;

    public Expression Value { get; } = value;
}

/// <summary><c>target: annotation = value</c>.</summary>
internal sealed class AnnotatedAssignStatement(Expression target, Expression annotation, Expression? value) : Statement
{
    public Expression Target { get; } = target;

    public Expression Annotation { get; } = annotation;

    public Expression? Value { get; } = value;
}

/// <summary><c>return</c>.</summary>
internal sealed class ReturnStatement(Expression? value) : Statement
{
    public Expression? Value { get; } = value;
}

/// <summary><c>raise exception from cause</c>.</summary>
internal sealed class RaiseStatement(Expression? exception, Expression? cause) : Statement
{
    public Expression? Exception { get; } = exception;

    public Expression? Cause { get; } = cause;
}

/// <summary><c>pass</c>.</summary>
internal sealed class PassStatement : Statement;

/// <summary><c>break</c>.</summary>
internal sealed class BreakStatement : Statement;

/// <summary><c>continue</c>.</summary>
internal sealed class ContinueStatement : Statement;

/// <summary><c>global</c> or <c>nonlocal</c>.</summary>
internal sealed class GlobalStatement(IReadOnlyList<string> names, bool isNonlocal) : Statement
{
    public IReadOnlyList<string> Names { get; } = names;

    public bool IsNonlocal { get; } = isNonlocal;
}

/// <summary><c>del</c>.</summary>
internal sealed class DeleteStatement(IReadOnlyList<Expression> targets) : Statement
{
    public IReadOnlyList<Expression> Targets { get; } = targets;
}

/// <summary><c>assert condition, message</c>.</summary>
internal sealed class AssertStatement(Expression condition, Expression? message) : Statement
{
    public Expression Condition { get; } = condition;

    public Expression? Message { get; } = message;
}

/// <summary>A name that an import binds.</summary>
internal sealed record ImportAlias(string Name, string? Alias);

/// <summary><c>import names</c>.</summary>
internal sealed class ImportStatement(IReadOnlyList<ImportAlias> names) : Statement
{
    public IReadOnlyList<ImportAlias> Names { get; } = names;
}

/// <summary><c>from Module import Names</c>; a single name "*" is a wildcard import.</summary>
internal sealed class ImportFromStatement(string module, int level, IReadOnlyList<ImportAlias> names) : Statement
{
    public string Module { get; } = module;

    public int Level { get; } = level;

    public IReadOnlyList<ImportAlias> Names { get; } = names;
}

/// <summary>An if or elif.</summary>
internal sealed record IfBranch(Expression Condition, IReadOnlyList<Statement> Body);

/// <summary><c>if</c> with its branches.</summary>
internal sealed class IfStatement(IReadOnlyList<IfBranch> branches, IReadOnlyList<Statement> otherwise) : Statement
{
    public IReadOnlyList<IfBranch> Branches { get; } = branches;

    public IReadOnlyList<Statement> Otherwise { get; } = otherwise;
}

/// <summary><c>while</c>.</summary>
internal sealed class WhileStatement(Expression condition, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise) : Statement
{
    public Expression Condition { get; } = condition;

    public IReadOnlyList<Statement> Body { get; } = body;

    public IReadOnlyList<Statement> Otherwise { get; } = otherwise;
}

/// <summary><c>for</c>.</summary>
internal sealed class ForStatement(
    Expression target, Expression iterable, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise) : Statement
{
    public bool IsAsync { get; init; }

    public Expression Target { get; } = target;

    public Expression Iterable { get; } = iterable;

    public IReadOnlyList<Statement> Body { get; } = body;

    public IReadOnlyList<Statement> Otherwise { get; } = otherwise;
}

/// <summary>An except clause.</summary>
internal sealed record ExceptHandler(Expression? Type, string? Name, IReadOnlyList<Statement> Body, int Line);

/// <summary><c>try</c>.</summary>
internal sealed class TryStatement(
    IReadOnlyList<Statement> body,
    IReadOnlyList<ExceptHandler> handlers,
    IReadOnlyList<Statement> otherwise,
    IReadOnlyList<Statement> final) : Statement
{
    /// <summary>Whether the handlers are <c>except*</c>.</summary>
    public bool IsStar { get; init; }

    public IReadOnlyList<Statement> Body { get; } = body;

    public IReadOnlyList<ExceptHandler> Handlers { get; } = handlers;

    public IReadOnlyList<Statement> Otherwise { get; } = otherwise;

    public IReadOnlyList<Statement> Final { get; } = final;
}

/// <summary><c>manager as target</c>.</summary>
internal sealed record WithItem(Expression Manager, Expression? Target);

/// <summary><c>with</c>.</summary>
internal sealed class WithStatement(IReadOnlyList<WithItem> items, IReadOnlyList<Statement> body) : Statement
{
    public bool IsAsync { get; init; }

    public IReadOnlyList<WithItem> Items { get; } = items;

    public IReadOnlyList<Statement> Body { get; } = body;
}

/// <summary>A parameter of a def or a lambda.</summary>
internal sealed record ParameterNode(string Name, ParameterKind Kind, Expression? Default, Expression? Annotation);

/// <summary><c>def</c>.</summary>
internal sealed class FunctionStatement(
    string name,
    IReadOnlyList<ParameterNode> parameters,
    Expression? returns,
    IReadOnlyList<Expression> decorators,
    IReadOnlyList<Statement> body) : Statement
{
    public string Name { get; } = name;

    /// <summary>The variable that the function is bound to.</summary>
    public string Variable { get; init; } = name;

    public bool IsAsync { get; init; }

    /// <summary>Whether the function stands for the scope of type parameters: it is not in qualified names.</summary>
    public bool IsTypeScope { get; init; }

    public IReadOnlyList<ParameterNode> Parameters { get; } = parameters;

    public Expression? Returns { get; } = returns;

    public IReadOnlyList<Expression> Decorators { get; } = decorators;

    public IReadOnlyList<Statement> Body { get; } = body;
}

/// <summary><c>class</c>.</summary>
internal sealed class ClassStatement(
    string name, IReadOnlyList<Argument> arguments, IReadOnlyList<Expression> decorators, IReadOnlyList<Statement> body) : Statement
{
    public string Name { get; } = name;

    /// <summary>The variable that the class is bound to.</summary>
    public string Variable { get; init; } = name;

    /// <summary>Bases and keywords.</summary>
    public IReadOnlyList<Argument> Arguments { get; } = arguments;

    public IReadOnlyList<Expression> Decorators { get; } = decorators;

    public IReadOnlyList<Statement> Body { get; } = body;
}

/// <summary>A case of a match.</summary>
internal sealed record MatchCase(Pattern Pattern, Expression? Guard, IReadOnlyList<Statement> Body, int Line);

/// <summary><c>match</c>.</summary>
internal sealed class MatchStatement(Expression subject, IReadOnlyList<MatchCase> cases) : Statement
{
    public Expression Subject { get; } = subject;

    public IReadOnlyList<MatchCase> Cases { get; } = cases;
}

/// <summary>A whole source.</summary>
internal sealed record SyntaxTree(IReadOnlyList<Statement> Body, bool LazyAnnotations);
