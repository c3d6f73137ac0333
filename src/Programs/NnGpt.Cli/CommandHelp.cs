using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NnGpt.Cli;

/// <summary>
/// --help of a command: the first paragraph of its description on top and in the lists of others, the rest, details and
/// examples, at the end.
/// </summary>
internal static class CommandHelp
{
    public static void Install(RootCommand root)
    {
        Dictionary<Command, string> details = [];
        Split(root, details);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new DetailedHelp((SynchronousCommandLineAction)help.Action!, details);
    }

    private static void Split(Command command, Dictionary<Command, string> details)
    {
        string[] parts = (command.Description ?? "").Split("\n\n", 2);
        if (parts.Length == 2)
        {
            command.Description = parts[0];
            details.Add(command, parts[1]);
        }

        foreach (Command child in command.Subcommands)
        {
            Split(child, details);
        }
    }

    private sealed class DetailedHelp(SynchronousCommandLineAction summary, Dictionary<Command, string> details) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = summary.Invoke(parseResult);
            if (details.TryGetValue(parseResult.CommandResult.Command, out string? text))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(text);
            }

            return code;
        }
    }
}
