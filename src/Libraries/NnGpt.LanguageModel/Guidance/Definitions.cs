namespace NnGpt.LanguageModel.Guidance;

/// <summary>
/// Which parts of a candidate's contract a source has defined so far: the function supported_hyperparameters, and the class Net with
/// __init__, forward, train_setup and learn. Never changed.
/// </summary>
internal sealed record Definitions
{
    private static readonly string[] s_methods = ["__init__", "forward", "train_setup", "learn"];

    private string _last = "";
    private bool _inNet;
    private bool _inHeader;
    private string _bases = "";
    private int _found;

    public static Definitions None { get; } = new();

    /// <summary>Whether the module function is there.</summary>
    public bool HasHyperparameters { get; private init; }

    /// <summary>Whether a class Net is there, whole or in part.</summary>
    public bool HasNet { get; private init; }

    /// <summary>Whether Net has all methods, or may inherit them from another class of the source.</summary>
    public bool HasMethods => _found == (1 << s_methods.Length) - 1 || (HasNet && !_inHeader && _bases.Split(',').Any(static name => !IsModule(name)));

    /// <summary>Whether Net has ended without a method that nothing else can give it.</summary>
    public bool IsHopeless => HasNet && !_inNet && !HasMethods;

    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => HasHyperparameters && HasNet && HasMethods;

    /// <summary>After one more token.</summary>
    /// <param name="text">The token's text; empty for those without.</param>
    /// <param name="depth">Blocks around it.</param>
    /// <param name="bracketed">Whether it is inside brackets.</param>
    /// <param name="lineEnd">Whether it ends a logical line.</param>
    public Definitions After(string text, int depth, bool bracketed, bool lineEnd)
    {
        if (_inHeader)
        {
            return lineEnd ? this with { _inHeader = false, _last = "" }
                : text is "(" or ")" or ":" || text.Length == 0 ? this
                : this with { _bases = _bases + text };
        }
        if (text.Length == 0)
        {
            return _last.Length == 0 ? this : this with { _last = "" };
        }
        Definitions next = this with { _last = text, _inNet = _inNet && depth > 0 };
        return (_last, depth) switch
        {
            ("class", 0) => text == "Net" ? next with { HasNet = true, _inNet = true, _inHeader = true, _bases = "", _found = 0 } : next,
            ("def", 0) when text == "supported_hyperparameters" => next with { HasHyperparameters = true },
            ("def", 1) when _inNet && Array.IndexOf(s_methods, text) is >= 0 and var method => next with { _found = _found | (1 << method) },
            _ => next,
        };
    }

    private static bool IsModule(string name) => name is "" or "nn.Module" or "torch.nn.Module" or "Module";
}
