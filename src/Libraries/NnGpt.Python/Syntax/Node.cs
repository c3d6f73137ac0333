namespace NnGpt.Python.Syntax;

/// <summary>A node of the syntax tree with the position of its first token.</summary>
internal abstract class Node
{
    public int Line { get; init; }

    public int Column { get; init; }
}

/// <summary>An expression.</summary>
internal abstract class Expression : Node
{
    /// <summary>Height of the tree below, to bound the evaluator's recursion.</summary>
    public int Height { get; protected init; } = 1;

    /// <summary>Whether the expression stands in parentheses.</summary>
    public bool Parenthesized { get; set; }

    protected static int Above(params ReadOnlySpan<Expression?> parts)
    {
        var height = 0;
        foreach (var part in parts)
            height = Math.Max(height, part?.Height ?? 0);
        return height + 1;
    }
}

/// <summary>A statement.</summary>
internal abstract class Statement : Node;
