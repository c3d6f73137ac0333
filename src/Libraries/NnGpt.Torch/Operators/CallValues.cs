namespace NnGpt.Torch;

/// <summary>The values of one call, as Python passed them.</summary>
internal sealed class CallValues
{
    public CallValues(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?>? keywords, object? output, CallStyle style)
    {
        Positional = positional;
        Output = output;
        Style = style;
        Dictionary<string, object?> rest = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in keywords ?? new Dictionary<string, object?>())
        {
            if (name != "out")
            {
                rest[name] = value;
            }
        }
        Keywords = rest;
    }

    public IReadOnlyList<object?> Positional { get; }

    public IReadOnlyDictionary<string, object?> Keywords { get; }

    /// <summary>The value of "out", or null.</summary>
    public object? Output { get; }

    public CallStyle Style { get; }

    /// <summary>The positional values that messages count: without the tensor of a method.</summary>
    public IEnumerable<object?> Counted => Style == CallStyle.Method ? Positional.Skip(1) : Positional;
}
