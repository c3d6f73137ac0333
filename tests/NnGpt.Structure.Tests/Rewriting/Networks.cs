namespace NnGpt.Structure.Tests.Rewriting;

/// <summary>The networks that are rewritten and changed.</summary>
internal static class Networks
{
    public static readonly IReadOnlyList<IReadOnlyList<Layer>> All =
    [
        [new Conv(16), new Norm(), new Activation(), new Pool(), new Conv(32), new Norm(), new Activation(), new Pool(), new Head()],
        [new Conv(8, 5), new Activation("gelu"), new Pool("avg"), new Dropout(0.2), new Conv(24), new Activation("silu"), new Pool(), new Head("flatten", 40)],
        [new Conv(16, Bias: false), new Norm(), new Activation(), new Residual([new Conv(16, Bias: false), new Norm(), new Activation(), new Conv(16, Bias: false), new Norm()]),
            new Activation(), new Pool(), new Conv(32, 3, 2), new Norm(), new Activation(), new Head()],
        [new Conv(16), new Activation("leaky_relu"), new Residual([new Conv(24, 3, 2), new Norm(), new Activation("leaky_relu"), new Conv(24), new Norm()]),
            new Activation("leaky_relu"), new Dropout(0.1), new Head()],
        [new Conv(16, 3, 2), new Norm("group"), new Activation("silu"), new Gate(4), new Conv(16, 5, 1, 1, 16), new Norm("group"), new Activation("silu"), new Conv(32, 1), new Head()],
        [new Conv(12, 7, 2), new Norm("instance"), new Activation("relu6"), new Conv(12, 3, 1, 2), new Activation("tanh"), new Pool("max", 3, 2), new Conv(24, 3, 1, 1, 4), new Activation("hardswish"), new Head("flatten", 24)],
        [new Conv(16), new Activation(), new Residual([new Norm(), new Activation(), new Conv(16)]), new Residual([new Norm(), new Activation(), new Conv(16), new Gate(2)]), new Pool("avg"), new Activation("sigmoid"), new Head()],
        [new Conv(20), new Norm(), new Activation(), new Conv(20), new Norm(), new Activation(), new Pool(), new Conv(40), new Norm(), new Activation(), new Conv(40), new Norm(), new Activation(), new Pool(), new Dropout(0.3), new Head("flatten", 64)],
    ];
}
