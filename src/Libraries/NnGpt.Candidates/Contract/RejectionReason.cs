namespace NnGpt.Candidates;

/// <summary>
/// The closed list of reasons why a candidate has no score, as far as executing it can tell. The values are those of
/// <c>nngpt.v1.RejectionReason</c>.
/// </summary>
public enum RejectionReason
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>SyntaxError, IndentationError.</summary>
    Syntax = 1,

    /// <summary>Net, a method or supported_hyperparameters is missing or has the wrong form.</summary>
    Contract = 2,

    /// <summary>ImportError, ModuleNotFoundError.</summary>
    Import = 3,

    /// <summary>NameError, UnboundLocalError.</summary>
    Name = 4,

    /// <summary>AttributeError.</summary>
    Attribute = 5,

    /// <summary>TypeError.</summary>
    Type = 6,

    /// <summary>ValueError, AssertionError, KeyError, IndexError and other errors of the candidate's own.</summary>
    Value = 7,

    /// <summary>RuntimeError of an operator: sizes do not fit.</summary>
    Shape = 8,

    /// <summary>forward returns no tensor of (batch, classes).</summary>
    Output = 9,

    /// <summary>NaN or infinity in the output or the loss.</summary>
    NonFinite = 10,

    /// <summary>The budget of parameters is exceeded.</summary>
    Parameters = 11,

    /// <summary>The budget of multiply-accumulates is exceeded.</summary>
    Compute = 12,

    /// <summary>Wall-clock limit or step limit of the evaluator.</summary>
    Time = 13,

    /// <summary>Memory limit.</summary>
    Memory = 14,

    /// <summary>learn never changed a parameter.</summary>
    Untrained = 15,

    /// <summary>A feature of Python or torch that the runtime lacks.</summary>
    Unsupported = 17,
}
