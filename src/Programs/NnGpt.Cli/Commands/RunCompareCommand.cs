using System.CommandLine;
using NnGpt.Cli.Comparison;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt run compare RUN RUN...`.</summary>
internal static class RunCompareCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN") { Description = "Experiment ids, or 'latest'; the others are compared with the first", Arity = ArgumentArity.OneOrMore };
        var csv = new Option<string?>("--csv") { Description = "File that gets a line a cycle and experiment", HelpName = "FILE" };
        var command = new Command(
            "compare",
            """
            Experiments side by side, cycle by cycle, with 95 % intervals; the arms of an ablation study.

            "above" is the share of the scored with at least the profile's accuracy floor, "distinct" the number of different
            structures admitted so far, "pairwise J" the mean Jaccard similarity of the valid candidates of a cycle to each other,
            "repeats" the share of the valid that are near-duplicates of an earlier valid one of the experiment, "Vendi" how many different
            networks the valid ones amount to (the Vendi score), "families" the number of architecture families above the floor. The last row has the last three cycles together.

            Example: nngpt run compare demo-loop-1 demo-no-finetuning-1 demo-no-novelty-1 --csv demo.csv
            """)
        { runs, csv };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            List<ExperimentFigures> experiments = [];
            foreach (string run in parsed.GetRequiredValue(runs))
            {
                experiments.Add(await ExperimentFigures.ReadAsync(connection, run, cancellationToken));
            }

            if (parsed.GetValue(csv) is { } file)
            {
                await File.WriteAllLinesAsync($"{file}.part", ComparisonReport.ToCsv(experiments), cancellationToken);
                File.Move($"{file}.part", file, overwrite: true);
            }

            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Document(ComparisonReport.ToJson(experiments)));
            }
            else
            {
                ComparisonReport.Print(AnsiConsole.Console, experiments);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
