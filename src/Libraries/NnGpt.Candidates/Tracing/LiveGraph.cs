namespace NnGpt.Candidates.Tracing;

/// <summary>What of a recording the output depends on.</summary>
internal static class LiveGraph
{
    private const int MaxNodes = 4096;

    public static TracedGraph Of(TraceNode output, long batch, int operators, IReadOnlyDictionary<nint, long> parameters)
    {
        var live = Reachable(output);
        if (live is null)
            return new TracedGraph { Nodes = [], Batch = (int)batch, Truncated = true, Operators = operators };
        live.Sort((a, b) => a.Order.CompareTo(b.Order));
        var ids = new Dictionary<TraceNode, int>(ReferenceEqualityComparer.Instance);
        var nodes = new List<TracedNode>(live.Count);
        foreach (var node in live)
        {
            ids[node] = nodes.Count;
            nodes.Add(Convert(node, ids, batch));
        }

        var used = live.Where(node => node.Leaf != 0).Select(node => node.Leaf).ToHashSet();
        return new TracedGraph
        {
            Nodes = nodes,
            Output = ids[output],
            Batch = (int)batch,
            UnusedParameters = parameters.Where(entry => !used.Contains(entry.Key)).Sum(entry => entry.Value),
            Operators = operators,
        };
    }

    private static List<TraceNode>? Reachable(TraceNode output)
    {
        var seen = new HashSet<TraceNode>(ReferenceEqualityComparer.Instance) { output };
        var found = new List<TraceNode> { output };
        for (var next = 0; next < found.Count; next++)
        {
            foreach (var (input, _) in found[next].Inputs)
            {
                if (seen.Add(input))
                    found.Add(input);
            }

            if (found.Count > MaxNodes)
                return null;
        }

        return found;
    }

    private static TracedNode Convert(TraceNode node, Dictionary<TraceNode, int> ids, long batch)
    {
        var byImages = node.FollowsInput && batch > 0 && node.Shape is [> 0 and var leading, ..] && leading % batch == 0;
        return new TracedNode
        {
            Op = node.Op,
            Inputs = [.. node.Inputs.Select(input => new TracedInput(ids[input.Node], input.Argument))],
            Attributes = node.Attributes,
            Batch = byImages ? node.Shape[0] / batch : 0,
            OutputShape = byImages ? node.Shape[1..] : node.Shape,
            Dtype = node.Dtype,
            ModulePath = node.Path,
            ModuleClass = node.Class,
            Parameters = node.Inputs.Select(input => input.Node).Distinct().Where(input => input.Leaf != 0).Sum(input => input.Numbers),
            Macs = node.Macs,
        };
    }
}
