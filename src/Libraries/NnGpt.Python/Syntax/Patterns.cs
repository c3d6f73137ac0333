namespace NnGpt.Python.Syntax;

/// <summary>A pattern of a match statement.</summary>
internal abstract class Pattern : Node;

/// <summary>Compares by <c>==</c>, or by <c>is</c> for None, True and False.</summary>
internal sealed class ValuePattern(Expression value, bool byIdentity) : Pattern
{
    public Expression Value { get; } = value;

    public bool ByIdentity { get; } = byIdentity;
}

/// <summary>A capture (<c>name</c>, <c>pattern as name</c>) or, without a name and a pattern, the wildcard.</summary>
internal sealed class CapturePattern(Pattern? pattern, string? name) : Pattern
{
    public Pattern? Pattern { get; } = pattern;

    public string? Name { get; } = name;
}

/// <summary><c>a | b</c>.</summary>
internal sealed class OrPattern(IReadOnlyList<Pattern> alternatives) : Pattern
{
    public IReadOnlyList<Pattern> Alternatives { get; } = alternatives;
}

/// <summary><c>*name</c> inside a sequence pattern; null for <c>*_</c>.</summary>
internal sealed class StarPattern(string? name) : Pattern
{
    public string? Name { get; } = name;
}

/// <summary><c>[a, b, *rest]</c>.</summary>
internal sealed class SequencePattern(IReadOnlyList<Pattern> items) : Pattern
{
    public IReadOnlyList<Pattern> Items { get; } = items;
}

/// <summary><c>{'k': a, **rest}</c>.</summary>
internal sealed class MappingPattern(IReadOnlyList<(Expression Key, Pattern Value)> items, string? rest, bool hasRest) : Pattern
{
    public IReadOnlyList<(Expression Key, Pattern Value)> Items { get; } = items;

    public string? Rest { get; } = rest;

    public bool HasRest { get; } = hasRest;
}

/// <summary><c>Class(a, name=b)</c>.</summary>
internal sealed class ClassPattern(
    Expression cls, IReadOnlyList<Pattern> positional, IReadOnlyList<(string Name, Pattern Value)> keywords) : Pattern
{
    public Expression Class { get; } = cls;

    public IReadOnlyList<Pattern> Positional { get; } = positional;

    public IReadOnlyList<(string Name, Pattern Value)> Keywords { get; } = keywords;
}
