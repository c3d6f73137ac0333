using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NnGpt.Cli.Rendering;

namespace NnGpt.Cli;

/// <summary>A command line that is wrong: one line on standard error that says what and where to read on; nothing on standard output.</summary>
internal static partial class UsageErrors
{
    private const string NoCommand = "Required command was not provided.";

    public static int Report(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction action)
        {
            return parsed.Invoke(); // --help, with whatever else is missing
        }

        if (parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            parsed.Invoke(); // "nngpt model" alone: its help
            return ExitCode.Usage;
        }

        action.ShowHelp = false;
        using var text = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = text, Error = text, ProcessTerminationTimeout = null });
        string[] messages = [.. text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        string what = string.Join(' ', messages.Length > 1 ? messages.Where(static message => message != NoCommand) : messages);
        return Report(what, CommandOf(parsed));
    }

    /// <summary>Says what is wrong with a command line of that command.</summary>
    public static int Report(string what, string command)
    {
        Console.Error.WriteLine($"nngpt: {PrintableText.Of(ExpectedType().Replace(what, ""))} (`{command} --help` says more)");
        return ExitCode.Usage;
    }

    private static string CommandOf(ParseResult parsed)
    {
        Stack<string> names = [];
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
        {
            names.Push(command.Command is RootCommand ? "nngpt" : command.Command.Name);
        }

        return string.Join(' ', names);
    }

    // The library names the .NET type that the text could not become.
    [GeneratedRegex(" as expected type '[^']*'")]
    private static partial Regex ExpectedType();
}
