namespace NnGpt.Structure.Tests.Rewriting;

/// <summary>A part of a network, without any decision about how it is written down.</summary>
internal abstract record Layer;

internal sealed record Conv(int Width, int Kernel = 3, int Stride = 1, int Dilation = 1, int Groups = 1, bool Bias = true) : Layer
{
    public int Padding => Dilation * (Kernel - 1) / 2;
}

/// <summary>"batch", "group" or "instance".</summary>
internal sealed record Norm(string Kind = "batch") : Layer;

/// <summary>"relu", "silu", "gelu", "leaky_relu", "relu6", "sigmoid", "tanh" or "hardswish".</summary>
internal sealed record Activation(string Kind = "relu") : Layer;

/// <summary>"max" or "avg".</summary>
internal sealed record Pool(string Kind = "max", int Kernel = 2, int Stride = 2) : Layer;

internal sealed record Dropout(double Rate) : Layer;

/// <summary>x + body(x); with a projection of 1x1 where the shape changes.</summary>
internal sealed record Residual(IReadOnlyList<Layer> Body, bool Skip = true) : Layer;

/// <summary>Squeeze and excitation with this reduction.</summary>
internal sealed record Gate(int Reduction) : Layer;

/// <summary>"global": mean over the map, then a Linear; "flatten": pooled to 2x2, flattened, two Linear.</summary>
internal sealed record Head(string Kind = "global", int Hidden = 32) : Layer;
