using System.CommandLine;

namespace NnGpt.Cli.Rendering;

/// <summary>How a command prints its result.</summary>
internal enum OutputFormat
{
    /// <summary>Tables and plain lines for people.</summary>
    Table,

    /// <summary>One JSON document, snake_case names, for programs.</summary>
    Json,
}
