namespace NnGpt.Structure.Tests.Rewriting;

/// <summary>Every network that one real change makes of a network.</summary>
internal static class Changes
{
    public static IEnumerable<(string What, IReadOnlyList<Layer> Network)> Of(IReadOnlyList<Layer> network)
    {
        for (int i = 0; i < network.Count; i++)
        {
            foreach (var (what, layer) in Of(network[i]))
                yield return ($"{what} of layer {i}", Replace(network, i, layer));
            if (network[i] is Norm or Activation or Pool or Gate)
                yield return ($"layer {i} removed", [.. network.Take(i), .. network.Skip(i + 1)]);
            if (network[i] is Conv conv && conv.Groups == 1)
                yield return ($"layer {i} twice", [.. network.Take(i + 1), new Conv(conv.Width), .. network.Skip(i + 1)]);
            if (i + 2 < network.Count && network[i] is Norm or Activation or Pool && network[i + 1] is Norm or Activation or Pool)
                yield return ($"layers {i} and {i + 1} exchanged", [.. network.Take(i), network[i + 1], network[i], .. network.Skip(i + 2)]);
        }
    }

    private static IEnumerable<(string What, Layer Layer)> Of(Layer layer)
    {
        switch (layer)
        {
            case Conv conv:
                yield return ("width", conv with { Width = 2 * conv.Width });
                yield return ("kernel", conv with { Kernel = conv.Kernel == 3 ? 5 : 3 });
                yield return ("stride", conv with { Stride = conv.Stride == 1 ? 2 : 1 });
                yield return ("bias", conv with { Bias = !conv.Bias });
                if (conv.Kernel > 1)
                    yield return ("dilation", conv with { Dilation = conv.Dilation == 1 ? 2 : 1 });
                if (conv.Groups > 1)
                    yield return ("groups", conv with { Groups = 1 });
                break;
            case Norm norm:
                yield return ("normalisation", new Norm(norm.Kind switch { "batch" => "group", "group" => "instance", _ => "batch" }));
                break;
            case Activation activation:
                yield return ("activation", new Activation(activation.Kind == "relu" ? "tanh" : "relu"));
                yield return ("activation", new Activation(activation.Kind == "silu" ? "gelu" : "silu"));
                break;
            case Pool pool:
                yield return ("kind of pooling", pool with { Kind = pool.Kind == "max" ? "avg" : "max" });
                yield return ("window", pool with { Kernel = pool.Kernel + 1 });
                yield return ("stride", pool with { Stride = 1 });
                break;
            case Residual residual:
                yield return ("skip connection", residual with { Skip = false });
                for (int i = 0; i < residual.Body.Count; i++)
                {
                    foreach (var (what, inner) in Of(residual.Body[i]))
                        yield return ($"{what} in part {i}", residual with { Body = Replace(residual.Body, i, inner) });
                }
                break;
            case Gate gate:
                yield return ("reduction", new Gate(2 * gate.Reduction));
                break;
            case Head head:
                yield return ("head", new Head(head.Kind == "global" ? "flatten" : "global"));
                if (head.Kind == "flatten")
                    yield return ("hidden width", head with { Hidden = head.Hidden + 4 });
                break;
        }
    }

    private static Layer[] Replace(IReadOnlyList<Layer> layers, int index, Layer layer) => [.. layers.Select((old, i) => i == index ? layer : old)];
}
