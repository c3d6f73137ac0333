namespace NnGpt.Torch;

/// <summary>How an operator is written in Python.</summary>
public enum CallStyle
{
    /// <summary>torch.add(x, y): "self" is called "input".</summary>
    Function,
    /// <summary>x.add(y): the first positional value is the tensor itself and does not count in messages.</summary>
    Method,
}
