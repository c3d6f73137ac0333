namespace NnGpt.Python.Runtime;

/// <summary>Which budget candidate code exceeded.</summary>
public enum ExecutionLimit
{
    /// <summary>Too many steps.</summary>
    Steps,

    /// <summary>The deadline passed.</summary>
    Time,

    /// <summary>Too many bytes allocated.</summary>
    Memory,

    /// <summary>The host cancelled the run.</summary>
    Cancelled,
}
