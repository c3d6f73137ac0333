namespace NnGpt.Python.Runtime;

/// <summary>The body of a native function. A null result is None; .NET ints and floats become Python's.</summary>
public delegate object? NativeCode(NativeArguments arguments);
