namespace NnGpt.Structure.Tests.Rewriting;

/// <summary>How a network is written down. None of it changes what it computes.</summary>
internal sealed record Style
{
    /// <summary>Prefix of attribute names.</summary>
    public string Prefix { get; init; } = "layer";

    public string Variable { get; init; } = "x";

    /// <summary>Layers in nn.Sequential, of at most so many; 0: each an attribute of its own.</summary>
    public int Sequential { get; init; }

    /// <summary>Activations and pooling as F.f(x), x.f() or modules: "module", "functional", "method".</summary>
    public string Calls { get; init; } = "module";

    public bool InPlace { get; init; }

    /// <summary>Attributes assigned from the last layer to the first.</summary>
    public bool Reversed { get; init; }

    public bool Comments { get; init; }

    /// <summary>Statements, methods and layers that nothing depends on.</summary>
    public bool DeadCode { get; init; }

    /// <summary>Residual blocks and gates as classes of their own, not in Net itself.</summary>
    public bool Classes { get; init; }

    /// <summary>Parts of forward in methods and functions.</summary>
    public bool Helpers { get; init; }

    /// <summary>"flatten", "view", "reshape", "module" or "squeeze".</summary>
    public string Flatten { get; init; } = "flatten";

    /// <summary>"module", "mean", "functional" or "window": the global average.</summary>
    public string Global { get; init; } = "module";

    /// <summary>Identity operations in between: dropout, nn.Identity, contiguous, clone, to(device).</summary>
    public bool Identities { get; init; }

    /// <summary>The input of an addition first or last; "a += b", torch.add.</summary>
    public string Addition { get; init; } = "plus";

    /// <summary>Layers kept in a ModuleList and run by a loop.</summary>
    public bool Loop { get; init; }

    /// <summary>Keyword arguments of layers, and arguments that say the default.</summary>
    public bool Keywords { get; init; }

    public static Style Random(Random random)
    {
        T Pick<T>(params T[] values) => values[random.Next(values.Length)];
        bool Coin() => random.Next(2) == 0;
        bool loop = random.Next(5) == 0;
        return new Style
        {
            Prefix = Pick("layer", "conv_block", "stage", "m", "feat", "_op", "Kappa"),
            Variable = Pick("x", "out", "h", "features", "tensor_in"),
            Sequential = loop ? 0 : Pick(0, 0, 2, 3, 100),
            Calls = Pick("module", "functional", "method"),
            InPlace = Coin(),
            Reversed = Coin(),
            Comments = Coin(),
            DeadCode = Coin(),
            Classes = Coin(),
            Helpers = Coin(),
            Flatten = Pick("flatten", "view", "reshape", "module", "squeeze"),
            Global = Pick("module", "mean", "functional", "window"),
            Identities = Coin(),
            Addition = Pick("plus", "swapped", "inplace", "function"),
            Loop = loop,
            Keywords = Coin(),
        };
    }
}
