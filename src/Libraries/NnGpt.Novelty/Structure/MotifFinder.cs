namespace NnGpt.Novelty.Structure;

/// <summary>
/// Divides a network into blocks. Every path from the input to the output goes through its cut nodes; what lies between two of
/// them that follow one another is one operation, or a region of parallel branches. A block begins at each layer with
/// parameters that is no normalisation, at each pooling and at each region, and takes in the operations that follow.
/// </summary>
internal static class MotifFinder
{
    public static IReadOnlyList<Motif> Find(CanonicalGraph graph)
    {
        var nodes = graph.Nodes;
        int[] path = OnPath(graph);
        var motifs = new List<Motif>();
        var block = new List<int>();
        int entry = path.Length > 0 ? path[0] : 0;
        int last = entry;
        foreach (int cut in Cuts(nodes, path).Skip(1))
        {
            int[] region = [.. path.Where(n => n > last && n <= cut)];
            if (block.Exists(n => IsAnchor(nodes, n)) && (region.Length > 1 || IsAnchor(nodes, cut)))
            {
                motifs.Add(MotifOf(graph, block, entry));
                block = [];
                entry = last;
            }
            block.AddRange(region);
            last = cut;
        }
        if (block.Count > 0)
            motifs.Add(MotifOf(graph, block, entry));
        return motifs;
    }

    // What depends on the network's input; everything in the graph leads to the output.
    private static int[] OnPath(CanonicalGraph graph) => [.. Enumerable.Range(0, graph.Nodes.Count).Where(i => graph.Nodes[i].FollowsInput)];

    // A node is on every path when no edge leads past it.
    private static IEnumerable<int> Cuts(IReadOnlyList<CanonicalNode> nodes, int[] path)
    {
        int[] reach = new int[nodes.Count];
        foreach (int node in path)
        {
            foreach (var input in nodes[node].Inputs)
                reach[input.Node] = Math.Max(reach[input.Node], node);
        }
        int furthest = -1;
        foreach (int node in path)
        {
            if (furthest <= node)
                yield return node;
            furthest = Math.Max(furthest, reach[node]);
        }
    }

    private static bool IsAnchor(IReadOnlyList<CanonicalNode> nodes, int node)
    {
        var it = nodes[node];
        bool isPooling = it.Op is "max_pool" or "avg_pool" or "mean" or "amax" or "adaptive_avg_pool" or "adaptive_max_pool";
        bool isNormalisation = it.Op.EndsWith("_norm", StringComparison.Ordinal) || it.Op is "prelu" or "mul" or "add";
        bool hasBranches = it.Inputs.Count(i => nodes[i.Node].FollowsInput) > 1;
        return isPooling || hasBranches || (!isNormalisation && it.Inputs.Any(i => nodes[i.Node].Op == "parameter"));
    }

    private static Motif MotifOf(CanonicalGraph graph, List<int> block, int entry)
    {
        var nodes = graph.Nodes;
        var colours = new Dictionary<int, UInt128> { [entry] = 0 };
        foreach (int node in block)
        {
            var it = nodes[node];
            UInt128[] sources = [.. it.Inputs.Select((input, i) => Colouring.Hash(
                Colouring.Hash(it.IsCommutative ? "" : $"{input.Slot}#{i}"),
                colours.TryGetValue(input.Node, out var colour) ? colour : Colouring.Hash(nodes[input.Node].Op)))];
            if (it.IsCommutative)
                Array.Sort(sources);
            colours[node] = Colouring.Hash(Colouring.Hash(Colouring.PlainLabel(it)), sources);
        }
        var id = Colouring.Hash(colours[block[^1]], (UInt128)block.Count);
        string[] modules = [.. block.Select(n => nodes[n].Path).Where(p => p.Length > 0).Distinct()];
        string location = modules.Length switch { 0 => "", 1 => modules[0], _ => $"{modules[0]} .. {modules[^1]}" };
        return new Motif($"{(ulong)id:x16}", new MotifText(nodes, entry, block).ToString(), location);
    }
}
