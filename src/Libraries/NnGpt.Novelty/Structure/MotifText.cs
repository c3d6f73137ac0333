namespace NnGpt.Novelty.Structure;

/// <summary>A block in words: "x" is what it reads, ">" leads on, brackets hold the branches of an operation.</summary>
internal sealed class MotifText(IReadOnlyList<CanonicalNode> nodes, int entry, List<int> block)
{
    private const int MaxOperations = 24;

    private readonly HashSet<int> _block = [.. block];
    private int _operations;

    public override string ToString()
    {
        string text = Of(block[^1]);
        return text.StartsWith("x > ", StringComparison.Ordinal) ? text[4..] : text;
    }

    private string Of(int node)
    {
        if (node == entry)
            return "x";
        if (!_block.Contains(node))
            return nodes[node].Op;
        if (_operations++ >= MaxOperations)
            return "...";
        var it = nodes[node];
        int[] branches = [.. it.Inputs.Select(i => i.Node).Where(i => _block.Contains(i) || i == entry)];
        string name = Name(it);
        return branches.Length switch
        {
            0 => name,
            1 => $"{Of(branches[0])} > {name}",
            _ => $"{name}[{string.Join(" | ", branches.Select(Of).Order(it.IsCommutative ? StringComparer.Ordinal : Unordered))}]",
        };
    }

    private static readonly IComparer<string> Unordered = Comparer<string>.Create((_, _) => 0);

    private static string Name(CanonicalNode node)
    {
        string kernel = node.Attribute("kernel")?.Replace(',', 'x') ?? "";
        string stride = node.Attribute("stride") is { } s && s.Split(',').Any(n => n != "1") && s.Replace(',', 'x') != kernel ? $"/{s.Split(',')[0]}" : "";
        string dilation = node.Attribute("dilation") is { } d && d.Split(',').Any(n => n != "1") ? $" dilated {d.Split(',')[0]}" : "";
        string grouping = node.Op == "conv" && Colouring.Grouping(node) is var kind and not "dense" ? kind + " " : "";
        string other = node.Op is "mul" or "add" or "pow" ? node.Attribute("other") ?? node.Attribute("exponent") ?? "" : "";
        return $"{grouping}{node.Op}{(kernel.Length > 0 ? " " + kernel : "")}{stride}{dilation}{(other.Length > 0 ? " " + other : "")}";
    }
}
