using NnGpt.Python.Runtime;

namespace NnGpt.Python.Syntax;

/// <summary>A variable.</summary>
internal sealed class NameExpression(string id) : Expression
{
    public string Id { get; } = id;
}

/// <summary>A literal.</summary>
internal sealed class ConstantExpression(object value) : Expression
{
    public object Value { get; } = value;
}

/// <summary>An f-string.</summary>
internal sealed class FormattedString(IReadOnlyList<FormattedPart> parts) : Expression
{
    public IReadOnlyList<FormattedPart> Parts { get; } = parts;
}

/// <summary>A piece of an f-string: text, or a value with conversion and format.</summary>
internal sealed record FormattedPart(string Text, Expression? Value, char Conversion, FormattedString? Format);

/// <summary><c>target.name</c>.</summary>
internal sealed class AttributeExpression(Expression target, string name) : Expression
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public static AttributeExpression Create(Expression target, string name, int line, int column) =>
        new(target, name) { Line = line, Column = column, Height = Above(target) };
}

/// <summary><c>target[index]</c>.</summary>
internal sealed class SubscriptExpression(Expression target, Expression index) : Expression
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public static SubscriptExpression Create(Expression target, Expression index, int line, int column) =>
        new(target, index) { Line = line, Column = column, Height = Above(target, index) };
}

/// <summary><c>start:stop:step</c> inside a subscript.</summary>
internal sealed class SliceExpression(Expression? start, Expression? stop, Expression? step) : Expression
{
    public Expression? Start { get; } = start;

    public Expression? Stop { get; } = stop;

    public Expression? Step { get; } = step;
}

/// <summary>An argument: positional, <c>*x</c>, <c>name=x</c> or <c>**x</c> (a keyword with a null name).</summary>
internal sealed record Argument(Expression Value, bool IsStarred, bool IsKeyword, string? Name);

/// <summary>A call.</summary>
internal sealed class CallExpression(Expression function, IReadOnlyList<Argument> arguments) : Expression
{
    public Expression Function { get; } = function;

    public IReadOnlyList<Argument> Arguments { get; } = arguments;

    public static CallExpression Create(Expression function, IReadOnlyList<Argument> arguments, int line, int column) =>
        new(function, arguments) { Line = line, Column = column, Height = Above(function) };
}

/// <summary>A binary operator.</summary>
internal sealed class BinaryExpression : Expression
{
    public BinaryExpression(BinaryOperator op, Expression left, Expression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        Height = Above(left, right);
    }

    public BinaryOperator Operator { get; }

    public Expression Left { get; }

    public Expression Right { get; }
}

/// <summary>The unary operators.</summary>
internal enum UnaryOperator
{
    Plus,
    Minus,
    Invert,
    Not,
}

/// <summary>A unary operator.</summary>
internal sealed class UnaryExpression : Expression
{
    public UnaryExpression(UnaryOperator op, Expression operand)
    {
        Operator = op;
        Operand = operand;
        Height = Above(operand);
    }

    public UnaryOperator Operator { get; }

    public Expression Operand { get; }
}

/// <summary><c>and</c> or <c>or</c> of two values or more.</summary>
internal sealed class BooleanExpression(bool isAnd, IReadOnlyList<Expression> values) : Expression
{
    public bool IsAnd { get; } = isAnd;

    public IReadOnlyList<Expression> Values { get; } = values;
}

/// <summary>What a comparison asks.</summary>
internal enum ComparisonKind
{
    Rich,
    Is,
    IsNot,
    In,
    NotIn,
}

/// <summary>One link of a comparison chain.</summary>
internal sealed record Comparison(ComparisonKind Kind, CompareOperator Operator, Expression Right);

/// <summary>A comparison, or a chain of them.</summary>
internal sealed class CompareExpression(Expression left, IReadOnlyList<Comparison> comparisons) : Expression
{
    public Expression Left { get; } = left;

    public IReadOnlyList<Comparison> Comparisons { get; } = comparisons;
}

/// <summary><c>then if condition else otherwise</c>.</summary>
internal sealed class ConditionalExpression(Expression condition, Expression then, Expression otherwise) : Expression
{
    public Expression Condition { get; } = condition;

    public Expression Then { get; } = then;

    public Expression Otherwise { get; } = otherwise;
}

/// <summary>A lambda.</summary>
internal sealed class LambdaExpression(IReadOnlyList<ParameterNode> parameters, Expression body) : Expression
{
    public IReadOnlyList<ParameterNode> Parameters { get; } = parameters;

    public Expression Body { get; } = body;
}

/// <summary>The displays of items.</summary>
internal enum SequenceKind
{
    Tuple,
    List,
    Set,
}

/// <summary>A tuple, list or set display.</summary>
internal sealed class SequenceExpression(SequenceKind kind, IReadOnlyList<Expression> items) : Expression
{
    public SequenceKind Kind { get; } = kind;

    public IReadOnlyList<Expression> Items { get; } = items;
}

/// <summary>A dict display; a null key stands for <c>**value</c>.</summary>
internal sealed class DictExpression(IReadOnlyList<(Expression? Key, Expression Value)> items) : Expression
{
    public IReadOnlyList<(Expression? Key, Expression Value)> Items { get; } = items;
}

/// <summary>What a comprehension makes.</summary>
internal enum ComprehensionKind
{
    List,
    Set,
    Dict,
    Generator,
}

/// <summary><c>for target in iterable if conditions</c>.</summary>
internal sealed record ComprehensionClause(Expression Target, Expression Iterable, IReadOnlyList<Expression> Conditions, bool IsAsync = false);

/// <summary>A comprehension or a generator expression.</summary>
internal sealed class ComprehensionExpression(
    ComprehensionKind kind, Expression element, Expression? value, IReadOnlyList<ComprehensionClause> clauses) : Expression
{
    public ComprehensionKind Kind { get; } = kind;

    /// <summary>The element, or a dict comprehension's key.</summary>
    public Expression Element { get; } = element;

    public Expression? Value { get; } = value;

    public IReadOnlyList<ComprehensionClause> Clauses { get; } = clauses;
}

/// <summary><c>*value</c>.</summary>
internal sealed class StarredExpression(Expression value) : Expression
{
    public Expression Value { get; } = value;
}

/// <summary><c>yield value</c>.</summary>
internal sealed class YieldExpression(Expression? value) : Expression
{
    public Expression? Value { get; } = value;
}

/// <summary><c>yield from value</c> or <c>await value</c>.</summary>
internal sealed class YieldFromExpression(Expression value) : Expression
{
    public Expression Value { get; } = value;

    public bool IsAwait { get; init; }
}

/// <summary>A type parameter (<c>T: bound</c>, <c>*Ts</c>, <c>**P</c>): evaluating it makes the TypeVar.</summary>
internal sealed class TypeParameterExpression(string name, string kind, Expression? bound) : Expression
{
    public string Name { get; } = name;

    /// <summary>TypeVar, TypeVarTuple or ParamSpec.</summary>
    public string Kind { get; } = kind;

    /// <summary>A lambda that gives the bound when it is asked for.</summary>
    public Expression? Bound { get; } = bound;
}

/// <summary>The value of <c>type name = value</c>, evaluated when it is asked for.</summary>
internal sealed class TypeAliasExpression(string name, IReadOnlyList<string> parameters, LambdaExpression value) : Expression
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Parameters { get; } = parameters;

    public LambdaExpression Value { get; } = value;
}

/// <summary><c>(target := value)</c>.</summary>
internal sealed class NamedExpression(NameExpression target, Expression value) : Expression
{
    public NameExpression Target { get; } = target;

    public Expression Value { get; } = value;
}
