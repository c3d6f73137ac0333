namespace NnGpt.Corpus.Sampling;

/// <summary>A non-linearity in its two spellings.</summary>
/// <param name="Module">As a module, for example <c>nn.ReLU()</c>.</param>
/// <param name="Function">As a function name, for example <c>F.relu</c>.</param>
internal sealed record Activation(string Module, string Function)
{
    public static readonly Activation Relu = new("nn.ReLU()", "F.relu");
    public static readonly Activation Gelu = new("nn.GELU()", "F.gelu");
    public static readonly Activation Silu = new("nn.SiLU()", "F.silu");
    public static readonly Activation Leaky = new("nn.LeakyReLU(0.1)", "F.leaky_relu");
    public static readonly Activation Elu = new("nn.ELU()", "F.elu");
    public static readonly Activation Hardswish = new("nn.Hardswish()", "F.hardswish");
    public static readonly Activation Relu6 = new("nn.ReLU6()", "F.relu6");
    public static readonly Activation Tanh = new("nn.Tanh()", "torch.tanh");
    public static readonly Activation Sigmoid = new("nn.Sigmoid()", "torch.sigmoid");

    public string Call(string argument) => $"{Function}({argument})";
}
