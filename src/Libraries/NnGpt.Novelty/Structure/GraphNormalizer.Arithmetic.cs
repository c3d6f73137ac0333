using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

internal sealed partial class GraphNormalizer
{
    private int? Arithmetic(GraphNode node)
    {
        switch (node.Op)
        {
            case "add" or "__iadd__" or "__add__":
                return Sum(node, 1);
            case "sub" or "subtract":
                return node.Inputs.Count == 1 ? Sum(node, -1) : null;
            case "mul" or "multiply":
                return Product(node);
            case "div" or "divide" or "true_divide" when Text(node, "rounding_mode").Length == 0:
                return node.Inputs.Count == 1 && Number(node, "other") is not (null or 0)
                    ? Scaled(node, 1 / Number(node, "other")!.Value)
                    : Elementwise(node, "div", []);
            case "neg" or "negative":
                return Scaled(node, -1);
            case "square":
                return Power(node, 2);
            case "sqrt":
                return Power(node, 0.5);
            case "rsqrt":
                return Power(node, -0.5);
            case "reciprocal":
                return Power(node, -1);
            case "pow" when node.Inputs.Count == 1 && Number(node, "exponent") is { } exponent:
                return Power(node, exponent);
            case "absolute":
                return Keep(node, "abs", []);
            case "special_expit":
                return Keep(node, "sigmoid", []);
            case "relu":
                return Relu(node);
            case "threshold" when Number(node, "threshold") == 0 && Number(node, "value") == 0:
                return Relu(node);
            case "leaky_relu" when Number(node, "negative_slope") == 0:
                return Relu(node);
            case "clamp" or "clip" or "clamp_min" or "clamp_max" when node.Inputs.Count == 1:
                return Clamp(node, Number(node, "min"), Number(node, "max"));
            case "hardtanh":
                return Clamp(node, Number(node, "min_val") ?? -1, Number(node, "max_val") ?? 1);
            case "relu6":
                return Clamp(node, 0, 6);
            case "softmax" or "log_softmax":
                return Keep(node, node.Op, [("dim", CanonicalBuilder.Text(Dim(Int(node, "dim"), Shape(node).Length)))]);
            case "mean" or "sum" or "amax" or "amin" or "var" or "std" or "logsumexp" or "prod" when Text(node, "dtype").Length == 0:
                return Reduced(node, node.Op, Shape(node));
            case "max" or "min" when node.Inputs.Count == 2:
                return Elementwise(node, node.Op + "imum", []);
            case "max" or "min" when node.OutputShape.Count == 0 && node.Batch == 0 && !node.Attributes.ContainsKey("dim"):
                return Reduced(node, "a" + node.Op, Shape(node));
            case "maximum" or "minimum" or "logical_and" or "logical_or" or "eq" or "ne" when node.Inputs.Count == 2:
                return Elementwise(node, node.Op, []);
            case "zero" or "zeros_like" or "new_zeros" or "ones_like" or "new_ones" or "full_like" or "new_full" or "fill" or "empty_like" or "new_empty" when node.Inputs.Count == 1:
                return Full(node);
            default:
                return null;
        }
    }

    // Tensors of one number; "empty" is cleared where candidates can see it.
    private int Full(GraphNode node)
    {
        string value = node.Op switch
        {
            "ones" or "ones_like" or "new_ones" => "1",
            "full" or "full_like" or "new_full" => CanonicalBuilder.Text(Number(node, "fill_value") ?? 0),
            "fill" => CanonicalBuilder.Text(Number(node, "value") ?? 0),
            _ => "0",
        };
        return builder.Add("full", [], Shape(node), node.Batch, node.Dtype, ("value", value));
    }

    // a + (b + c) is a + b + c where b + c is read nowhere else.
    private int? Sum(GraphNode node, double sign)
    {
        double alpha = sign * (Number(node, "alpha") ?? 1);
        if (node.Inputs.Count == 1)
        {
            if (Number(node, "other") is not { } other)
                return null;
            return other == 0 ? Input(node) : Keep(node, "add", [("other", CanonicalBuilder.Text(alpha * other))]);
        }
        if (node.Inputs.Count != 2 || alpha != 1)
            return null;
        if (Biased(node) is { } linear)
            return linear;
        var terms = new List<int>();
        foreach (var input in node.Inputs)
        {
            var term = builder[_values[input.Node]];
            bool isSum = term.Op == "add" && term.Inputs.Length > 1 && _uses[input.Node] == 1 && HasShape(term, Shape(node));
            terms.AddRange(isSum ? term.Inputs.Select(i => i.Node) : [_values[input.Node]]);
        }
        return builder.Add("add", Broadcast(terms, Shape(node)), Shape(node), node.Batch, node.Dtype);
    }

    private int? Product(GraphNode node)
    {
        if (node.Inputs.Count == 1)
            return Number(node, "other") is { } factor ? Scaled(node, factor) : null;
        if (node.Inputs.Count != 2)
            return null;
        int left = Input(node, 0);
        int right = Input(node, 1);
        if (left == right)
            return Power(node, 2);
        return Gated(node, left, right) ?? Gated(node, right, left) ?? Elementwise(node, "mul", []);
    }

    // x * sigmoid(x) and the like under their names.
    private int? Gated(GraphNode node, int value, int gate)
    {
        var by = builder[gate];
        string? name = by.Op switch
        {
            "sigmoid" => "silu",
            "hardsigmoid" => "hardswish",
            "tanh" when builder[by.Inputs[0].Node] is { Op: "softplus" } inner && inner.Attribute("beta") == "1" && inner.Attribute("threshold") == "20" => "mish",
            _ => null,
        };
        if (name is null)
            return null;
        int source = name == "mish" ? builder[by.Inputs[0].Node].Inputs[0].Node : by.Inputs[0].Node;
        return source == value ? builder.Add(name, [new CanonicalInput(value, "self")], Shape(node), node.Batch, node.Dtype) : null;
    }

    private int Scaled(GraphNode node, double factor) =>
        factor == 1 && HasShape(builder[Input(node)], Shape(node)) && builder[Input(node)].Dtype == node.Dtype
            ? Input(node)
            : builder.Add("mul", [new CanonicalInput(Input(node), "self")], Shape(node), node.Batch, node.Dtype, ("other", CanonicalBuilder.Text(factor)));

    private int Power(GraphNode node, double exponent) => exponent == 1
        ? Input(node)
        : builder.Add("pow", [new CanonicalInput(Input(node), "self")], Shape(node), node.Batch, node.Dtype, ("exponent", CanonicalBuilder.Text(exponent)));

    private int Relu(GraphNode node) => builder.Add("relu", [new CanonicalInput(Input(node), "self")], Shape(node), node.Batch, node.Dtype);

    private int Clamp(GraphNode node, double? min, double? max)
    {
        if (min == 0 && max is null)
            return Relu(node);
        return builder.Add("clamp", [new CanonicalInput(Input(node), "self")], Shape(node), node.Batch, node.Dtype,
            new[] { ("min", min), ("max", max) }.Where(a => a.Item2 is not null).Select(a => (a.Item1, CanonicalBuilder.Text(a.Item2!.Value))));
    }

    private int Elementwise(GraphNode node, string op, IEnumerable<(string Name, string Value)> attributes) =>
        builder.Add(op, Broadcast([.. node.Inputs.Select(i => _values[i.Node])], Shape(node)), Shape(node), node.Batch, node.Dtype, attributes);

    // Operators broadcast by themselves: an expand() before one changes nothing while another operand has the full shape.
    private CanonicalInput[] Broadcast(List<int> operands, long[] shape)
    {
        for (int i = 0; i < operands.Count; i++)
        {
            bool hasFull = operands.Where((other, j) => j != i).Any(other => HasShape(builder[other], shape));
            if (builder[operands[i]].Op == "expand" && hasFull)
                operands[i] = builder[operands[i]].Inputs[0].Node;
        }
        return [.. operands.Select((operand, i) => new CanonicalInput(operand, i == 0 ? "self" : "other"))];
    }

    private int Reduced(GraphNode node, string op, long[] shape)
    {
        int rank = builder[Input(node)].Shape.Length;
        long[] dims = Ints(node, "dim");
        int[] at = dims.Length == 0 ? [.. Enumerable.Range(0, rank)] : [.. dims.Select(d => Dim(d, rank))];
        int kept = builder.Reduce(op, Input(node), at, Attributes(node, "dim", "keepdim", "dtype").Where(a => op is not ("mean" or "sum" or "amax" or "amin")));
        return builder.Reshape(kept, shape);
    }
}
