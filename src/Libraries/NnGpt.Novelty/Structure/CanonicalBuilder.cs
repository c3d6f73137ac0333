using System.Globalization;
using System.Text;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// Makes nodes in normal form. The same operation on the same values is one node; reshapes, permutations, slices and
/// concatenations are written in one way.
/// </summary>
internal sealed class CanonicalBuilder(long images)
{
    private readonly List<CanonicalNode> _nodes = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<CanonicalNode> Nodes => _nodes;

    /// <summary>Module of the nodes made from now on.</summary>
    public string Path { get; set; } = "";

    public CanonicalNode this[int node] => _nodes[node];

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(IEnumerable<long> values) => string.Join(',', values.Select(Text));

    public int Leaf(string op, long[] shape, long batch, string dtype) =>
        Append(new CanonicalNode { Op = op, Shape = shape, Batch = batch, Dtype = dtype, Path = Path, FollowsInput = op == "input" });

    public int Add(string op, CanonicalInput[] inputs, long[] shape, long batch, string dtype, params IEnumerable<(string Name, string Value)> attributes)
    {
        var node = new CanonicalNode
        {
            Op = op,
            Inputs = inputs,
            Attributes = [.. attributes.Select(a => $"{a.Name}={a.Value}").Order(StringComparer.Ordinal)],
            Shape = shape,
            Batch = batch,
            Dtype = dtype,
            Path = Path,
            FollowsInput = inputs.Any(i => _nodes[i.Node].FollowsInput),
        };
        // Two draws of random numbers are two values.
        if (op.Contains("rand", StringComparison.Ordinal) || op is "bernoulli" or "normal" or "multinomial" or "uniform" or "exponential" || op.Contains("dropout", StringComparison.Ordinal))
            return Append(node);
        string key = Key(node);
        if (_known.TryGetValue(key, out int known))
            return known;
        return _known[key] = Append(node);
    }

    /// <summary>An operation of one value.</summary>
    public int Unary(string op, int input, long[] shape, params IEnumerable<(string Name, string Value)> attributes) =>
        Add(op, [new CanonicalInput(input, "self")], shape, BatchOf(input, shape), _nodes[input].Dtype, attributes);

    /// <summary>The same elements in the same order under another shape.</summary>
    public int Reshape(int input, long[] shape)
    {
        while (_nodes[input].Op == "reshape")
            input = _nodes[input].Inputs[0].Node;
        return _nodes[input].Shape.AsSpan().SequenceEqual(shape) ? input : Unary("reshape", input, shape);
    }

    /// <summary>Dimension i of the result is dimension order[i] of the input.</summary>
    public int Permute(int input, int[] order)
    {
        var source = _nodes[input];
        if (source.Op == "permute")
        {
            int[] inner = [.. source.Attribute("dims")!.Split(',').Select(d => int.Parse(d, CultureInfo.InvariantCulture))];
            order = [.. order.Select(d => inner[d])];
            input = source.Inputs[0].Node;
            source = _nodes[input];
        }
        long[] shape = [.. order.Select(d => source.Shape[d])];
        // Moving dimensions of size 1 moves no element.
        int[] real = [.. order.Where(d => source.Shape[d] != 1)];
        return real.SequenceEqual(real.Order())
            ? Reshape(input, shape)
            : Unary("permute", input, shape, ("dims", Text(order.Select(d => (long)d))));
    }

    public int Slice(int input, int dim, long start, long end, long step)
    {
        long[] shape = [.. _nodes[input].Shape];
        long size = shape[dim];
        start = Math.Clamp(start < 0 ? start + size : start, 0, size);
        end = Math.Clamp(end < 0 ? end + size : end, start, size);
        step = Math.Max(1, step);
        if (start == 0 && end == size && step == 1)
            return input;
        shape[dim] = (end - start + step - 1) / step;
        return Unary("slice", input, shape, ("dim", Text(dim)), ("start", Text(start)), ("end", Text(end)), ("step", Text(step)));
    }

    public int Cat(IReadOnlyList<int> inputs, int dim, long[] shape)
    {
        if (inputs.Count == 1)
            return inputs[0];
        string at = Text(dim);
        int[] flat = [.. inputs.SelectMany(i => _nodes[i].Op == "cat" && _nodes[i].Attribute("dim") == at ? _nodes[i].Inputs.Select(n => n.Node) : [i])];
        return Add("cat", [.. flat.Select(i => new CanonicalInput(i, "tensors"))], shape, BatchOf(inputs[0], shape), _nodes[flat[0]].Dtype, ("dim", at));
    }

    /// <summary>A reduction that keeps its dimensions, with size 1.</summary>
    public int Reduce(string op, int input, IEnumerable<int> dims, params IEnumerable<(string Name, string Value)> attributes)
    {
        long[] shape = [.. _nodes[input].Shape];
        int[] sorted = [.. dims.Distinct().Order()];
        foreach (int dim in sorted)
            shape[dim] = 1;
        return Unary(op, input, shape, attributes.Append(("dims", Text(sorted.Select(d => (long)d)))));
    }

    // The leading dimension has to do with the images when the input's has.
    public long BatchOf(int input, long[] shape) =>
        _nodes[input].FollowsInput && shape is [> 0 and var leading, ..] && leading % images == 0 ? leading / images : 0;

    private int Append(CanonicalNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private static string Key(CanonicalNode node)
    {
        var key = new StringBuilder(node.Op).Append('|').AppendJoin(';', node.Attributes).Append('|').Append(node.Dtype).Append('|').Append(node.ShapeText).Append('|');
        IEnumerable<CanonicalInput> inputs = node.IsCommutative ? node.Inputs.OrderBy(i => i.Node) : node.Inputs;
        foreach (var input in inputs)
            key.Append(input.Node).Append(node.IsCommutative ? "" : input.Slot).Append(',');
        return key.ToString();
    }
}
