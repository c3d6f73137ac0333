using System.Globalization;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>The verdict on a file, as a line of JSON or a line for people.</summary>
internal static class VerdictReport
{
    /// <summary>
    /// One JSON object a file: path, verdict, reason, error, parameters, output_shape, state_dict as [name, shape, dtype],
    /// output (of the eval forward pass), losses, milliseconds.
    /// </summary>
    public static object ToJson(string path, ValidationOutcome outcome) => new
    {
        Path = path,
        Verdict = outcome.Valid ? "valid" : "invalid",
        Reason = outcome.Valid ? null : StageNames.Of(outcome.Reason).Replace(' ', '_'),
        Error = outcome.Error is not { } error || outcome.Valid ? null : new { error.Type, error.Message, error.Line },
        outcome.Parameters,
        outcome.Macs,
        OutputShape = outcome.OutputShape.ToArray(),
        StateDict = outcome.StateDict.Select(entry => new object[] { entry.Name, entry.Shape.ToArray(), entry.Dtype }),
        Output = outcome.OutputFirst.Count == 0 && outcome.OutputShape.Count == 0 ? null : new { Sum = outcome.OutputSum, Abs = outcome.OutputAbs, First = outcome.OutputFirst.ToArray() },
        Losses = outcome.Losses.ToArray(),
        Milliseconds = outcome.Times is not { } times ? null : new { times.Total, times.Parse, times.Init, times.Forward, times.Learn },
    };

    public static void Print(IAnsiConsole console, string path, ValidationOutcome outcome)
    {
        string name = PrintableText.Of(path);
        if (outcome.Valid)
        {
            console.MarkupLineInterpolated(
                $"[green]valid[/]    {name}  {Figures.Count(outcome.Parameters)} parameters, {Figures.Count(outcome.Macs)} MACs/image, {(outcome.Times?.Total ?? 0).ToString("0.0", CultureInfo.InvariantCulture)} ms");
            return;
        }

        string error = outcome.Error is { Type.Length: > 0 } code ? $": {code.Type}: {code.Message}{(code.Line > 0 ? $" (line {code.Line})" : "")}" : "";
        console.MarkupLineInterpolated($"[red]invalid[/]  {name}  {StageNames.Of(outcome.Reason)}{PrintableText.Of(error)}");
    }
}
