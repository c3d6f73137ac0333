namespace NnGpt.Python;

/// <summary>Why a source does not parse.</summary>
/// <param name="Kind">The exception class CPython would raise: SyntaxError, IndentationError or TabError.</param>
/// <param name="Message">The message, without position.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public sealed record PythonSyntaxError(string Kind, string Message, int Line, int Column)
{
    /// <summary>As one line: <c>SyntaxError: invalid syntax (line 3, column 7)</c>.</summary>
    public override string ToString() => $"{Kind}: {Message} (line {Line}, column {Column})";
}
