using System.CommandLine;
using NnGpt.Cli;
using NnGpt.Cli.Commands;
using NnGpt.Cli.Commands.Model;
using NnGpt.Cli.Rendering;
using Spectre.Console;

var root = new RootCommand(
    """
    NnGpt: a language model designs neural networks, and learns from the good ones.

    Start the system with ./run.sh or `dotnet run --project NnGpt.AppHost`, then:
      nngpt run start quickstart --watch     run the built-in experiment and follow it
      nngpt candidates list --admitted       the architectures it kept
      nngpt export RUN --out DIR             take them, the corpus, the metrics and the adapter with you
      nngpt report RUN --out DIR             figures, tables and best architectures in one HTML file
      nngpt validate FILE...                 judge PyTorch files in the sandbox, without a running system
      nngpt score FILE...                    train PyTorch files for an epoch, without a running system
      nngpt novelty similarity A B           how alike two sources are, without a running system
      nngpt corpus import DIR --out CORPUS   read networks of others; dedup, stats, export
      nngpt model train --out DIR            make the embedded language model again; finetune, merge, generate

    --output json makes an answer readable for programs. Exit codes: 0 success, 1 the operation failed,
    2 wrong usage or setting, 3 the system cannot be reached, 4 not found, 130 interrupted.
    """);
root.Subcommands.Add(RunCommand.Create());
root.Subcommands.Add(CandidatesCommand.Create());
root.Subcommands.Add(ExportCommand.Create());
root.Subcommands.Add(ReportCommand.Create());
root.Subcommands.Add(ValidateCommand.Create());
root.Subcommands.Add(ScoreCommand.Create());
root.Subcommands.Add(NoveltyCommand.Create());
root.Subcommands.Add(SampleCommand.Create());
root.Subcommands.Add(ModelCommand.Create());
root.Subcommands.Add(CorpusCommand.Create());
root.Options.Add(OutputOption.Instance);
CommandHelp.Install(root);

if (Console.IsOutputRedirected)
{
    // Nobody's window: lines as long as the tables need, and no colours, for files and pipes.
    AnsiConsole.Profile.Width = 200;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

ParseResult parsed;
try
{
    // No response files: "@" begins a prompt as well as any other character.
    parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
catch (InvalidOperationException wrong)
{
    // A check of an option has asked for the value of a text that cannot be converted: --count x.
    return UsageErrors.Report(wrong.Message, "nngpt");
}

if (parsed.Errors.Count > 0)
{
    return UsageErrors.Report(parsed);
}

return await CommandErrors.GuardAsync(
    token => parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        token),
    interrupted.Token);
