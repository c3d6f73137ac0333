using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

internal sealed partial class GraphNormalizer
{
    private int? ShapeOnly(GraphNode node)
    {
        var source = builder[Input(node)];
        int rank = source.Shape.Length;
        switch (node.Op)
        {
            case "alias" or "detach" or "contiguous" or "clone" or "requires_grad" or "positive" or "lift_fresh" or "lift_fresh_copy" or "resolve_conj" or "resolve_neg":
                return Input(node);
            case "to" or "_to_copy" or "type_as":
                return source.Dtype == node.Dtype ? Input(node)
                    : builder.Add("cast", [new CanonicalInput(Input(node), "self")], source.Shape, source.Batch, node.Dtype);
            case "view" or "reshape" or "flatten" or "unflatten" or "squeeze" or "unsqueeze" or "view_as" or "reshape_as" or "ravel" or "_unsafe_view" or "_reshape_alias"
                when source.Dtype == node.Dtype:
                return builder.Reshape(Input(node), Shape(node));
            case "expand" or "expand_as" or "broadcast_to":
                return Expand(Input(node), Shape(node));
            case "permute":
                return Permute(node, Ints(node, "dims"));
            case "transpose" or "swapaxes" or "swapdims" or "t" or "numpy_T" or "mT" or "matrix_H":
                return Permute(node, Swapped(node, rank));
            case "movedim" or "moveaxis":
                return Permute(node, Moved(rank, Ints(node, "source"), Ints(node, "destination")));
            case "slice":
                return builder.Slice(Input(node), Dim(Int(node, "dim"), rank), Int(node, "start"), Int(node, "end", long.MaxValue), Int(node, "step", 1));
            case "narrow":
                return builder.Slice(Input(node), Dim(Int(node, "dim"), rank), Int(node, "start"), Int(node, "start") + Int(node, "length"), 1);
            case "select":
                int dim = Dim(Int(node, "dim"), rank);
                long index = Int(node, "index");
                index = index < 0 ? index + source.Shape[dim] : index;
                return builder.Reshape(builder.Slice(Input(node), dim, index, index + 1, 1), Shape(node));
            case "cat" or "concat" or "concatenate":
                return builder.Cat([.. node.Inputs.Select(i => _values[i.Node])], Dim(Int(node, "dim"), Shape(node).Length), Shape(node));
            case "stack":
                return Stack(node);
            case "copy":
                return HasShape(builder[Input(node, 1)], source.Shape) && builder[Input(node, 1)].Dtype == node.Dtype ? Input(node, 1)
                    : Expand(Input(node, 1), Shape(node));
            case "written":
                return Written(node);
            default:
                return null;
        }
    }

    private int Expand(int input, long[] shape) => HasShape(builder[input], shape) ? input : builder.Unary("expand", input, shape);

    private int? Permute(GraphNode node, long[] dims)
    {
        int rank = builder[Input(node)].Shape.Length;
        int[] order = [.. dims.Select(d => Dim(d, rank))];
        return order.Length == rank && order.Order().SequenceEqual(Enumerable.Range(0, rank)) ? builder.Permute(Input(node), order) : null;
    }

    private static long[] Swapped(GraphNode node, int rank)
    {
        long[] order = [.. Enumerable.Range(0, rank).Select(d => (long)d)];
        if (node.Op == "numpy_T")
            return [.. order.Reverse()];
        // dim0 and dim1 of transpose and swapdims, axis0 and axis1 of swapaxes; the last two of .mT and t().
        int first = Dim(Int(node, "dim0", Int(node, "axis0", -2)), rank);
        int second = Dim(Int(node, "dim1", Int(node, "axis1", -1)), rank);
        if (first >= 0 && second >= 0 && first < rank && second < rank)
            (order[first], order[second]) = (order[second], order[first]);
        return order;
    }

    private static long[] Moved(int rank, long[] from, long[] to)
    {
        long[] order = [.. Enumerable.Repeat(-1L, rank)];
        for (int i = 0; i < Math.Min(from.Length, to.Length); i++)
            order[Dim(to[i], rank)] = Dim(from[i], rank);
        var rest = new Queue<long>(Enumerable.Range(0, rank).Select(d => (long)d).Where(d => !order.Contains(d)));
        for (int i = 0; i < rank; i++)
        {
            if (order[i] < 0)
                order[i] = rest.Dequeue();
        }
        return order;
    }

    private int Stack(GraphNode node)
    {
        long[] shape = Shape(node);
        int dim = Dim(Int(node, "dim"), shape.Length);
        long[] one = [.. shape];
        one[dim] = 1;
        return builder.Cat([.. node.Inputs.Select(i => builder.Reshape(_values[i.Node], one))], dim, shape);
    }

    // After y = x.view(...); y.relu_(): x is the new y in x's shape, when y has all of x in the same order.
    private int Written(GraphNode node)
    {
        int self = Input(node, 0);
        int place = Input(node, 1);
        bool isWhole = Root(self) == Root(place);
        return isWhole ? builder.Reshape(Input(node, 2), Shape(node)) : Keep(node, "written", []);
    }

    private int Root(int node) => builder[node].Op == "reshape" ? builder[node].Inputs[0].Node : node;

    private int Item(GraphNode node)
    {
        var many = graph.Nodes[node.Inputs[0].Node];
        int index = (int)Int(node, "index");
        int input = many.Inputs.Count > 0 ? Input(many) : -1;
        long size = 0;
        int dim = 0;
        if (input >= 0 && many.Op is "chunk" or "split" or "split_with_sizes" or "unsafe_chunk" or "unsafe_split" or "tensor_split" or "unbind")
        {
            dim = Dim(Int(many, "dim"), builder[input].Shape.Length);
            size = builder[input].Shape[dim];
        }
        switch (many.Op)
        {
            case "split" or "unsafe_split" or "split_with_sizes" when Ints(many, many.Attributes.ContainsKey("split_sizes") ? "split_sizes" : "split_size") is { Length: > 0 } sizes:
                long start = sizes.Length > 1 ? sizes.Take(index).Sum() : index * sizes[0];
                return builder.Slice(input, dim, start, start + Shape(node)[dim], 1);
            case "chunk" or "unsafe_chunk" when Int(many, "chunks") is > 0 and var chunks:
                long each = (size + chunks - 1) / chunks;
                return builder.Slice(input, dim, index * each, index * each + Shape(node)[dim], 1);
            case "tensor_split" when Int(many, "sections") is > 0 and var sections:
                long offset = index * (size / sections) + Math.Min(index, size % sections);
                return builder.Slice(input, dim, offset, offset + Shape(node)[dim], 1);
            case "unbind":
                return builder.Reshape(builder.Slice(input, dim, index, index + 1, 1), Shape(node));
            case "max" or "min" when index == 0:
                return Reduced(many, "a" + many.Op, Shape(node));
            case "max_pool1d_with_indices" or "max_pool2d_with_indices" or "max_pool3d_with_indices" when index == 0:
                return Pool(many, "max_pool", Shape(node));
            case "adaptive_max_pool1d" or "adaptive_max_pool2d" or "adaptive_max_pool3d" when index == 0:
                return AdaptivePool(many, "max", Shape(node));
            default:
                return builder.Add("item", [new CanonicalInput(Input(node), "self")], Shape(node), node.Batch, node.Dtype, ("index", CanonicalBuilder.Text((long)index)));
        }
    }
}
