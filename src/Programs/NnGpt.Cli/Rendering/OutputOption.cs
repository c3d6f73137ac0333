using System.CommandLine;

namespace NnGpt.Cli.Rendering;

/// <summary>`--output`: the format of the answer, the same option of every command, wherever it stands on the line.</summary>
internal static class OutputOption
{
    public static Option<OutputFormat> Instance { get; } = new("--output", "-o")
    {
        Description = "Format of the answer: table (default) or json",
        DefaultValueFactory = _ => OutputFormat.Table,
        Recursive = true,
    };
}
