using System.CommandLine;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt run ...`: experiments.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> s_id = new("RUN") { Description = "Experiment id, or 'latest'" };

    public static Command Create()
    {
        var command = new Command("run", "Start, follow, stop and resume experiments");
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.Subcommands.Add(RunStartCommand.Create());
        command.Subcommands.Add(Define("list", "Every experiment, newest first\n\nExample: nngpt run list", withId: false, ListAsync));
        command.Subcommands.Add(Define("show", "The table per cycle and the best architectures\n\nExample: nngpt run show latest", withId: true, ShowAsync));
        command.Subcommands.Add(Define("watch", "Follow an experiment to its end\n\nExample: nngpt run watch latest", withId: true, WatchAsync));
        command.Subcommands.Add(RunCompareCommand.Create());
        command.Subcommands.Add(Define("stop", "Start no more cycles; what is on its way is finished and counted\n\nExample: nngpt run stop quickstart-1", withId: true, StopAsync));
        command.Subcommands.Add(Define("resume", "Go on with a stopped experiment where it was\n\nExample: nngpt run resume quickstart-1", withId: true, ResumeAsync));
        return command;
    }

    /// <summary>Follows an experiment, prints what it came to, and says by the exit code whether it completed.</summary>
    public static async Task<int> FollowAsync(CoordinatorConnection connection, string id, OutputFormat output, CancellationToken cancellationToken)
    {
        var experiment = await new ExperimentWatcher(connection, TimeProvider.System)
            .WatchAsync(id, quiet: output == OutputFormat.Json, cancellationToken);
        Print(experiment, output);
        return experiment.State == ExperimentState.Failed ? ExitCode.Failed : ExitCode.Success;
    }

    private static Command Define(
        string name,
        string description,
        bool withId,
        Func<CoordinatorConnection, ParseResult, CancellationToken, Task<int>> action)
    {
        var command = new Command(name, description);
        if (withId)
        {
            command.Arguments.Add(s_id);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            return await action(connection, parsed, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ListAsync(CoordinatorConnection connection, ParseResult parsed, CancellationToken cancellationToken)
    {
        var response = await connection.Experiments.ListAsync(new ListExperimentsRequest(), deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
        {
            Console.WriteLine(Json.Document(response.Experiments.Select(ExperimentReport.ToJson)));
            return ExitCode.Success;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("run", "state", "cycles", "created", "admitted", "best");
        foreach (var experiment in response.Experiments)
        {
            table.AddRow(
                Markup.Escape(experiment.Id),
                StageNames.Of(experiment.State),
                $"{experiment.Cycles.Count(cycle => cycle.Stage == CycleStage.Closed)}/{experiment.CyclesPlanned}",
                experiment.Created.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                Figures.Count(experiment.Cycles.Sum(cycle => cycle.Admitted)),
                experiment.Cycles.Count == 0 ? "-" : Figures.Accuracy(experiment.Cycles.Max(cycle => cycle.BestAccuracy)));
        }

        AnsiConsole.Write(table);
        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(CoordinatorConnection connection, ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(s_id), cancellationToken);
        Print(
            await connection.Experiments.GetAsync(new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken),
            parsed.GetValue(OutputOption.Instance));
        return ExitCode.Success;
    }

    private static async Task<int> WatchAsync(CoordinatorConnection connection, ParseResult parsed, CancellationToken cancellationToken) =>
        await FollowAsync(
            connection,
            await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(s_id), cancellationToken),
            parsed.GetValue(OutputOption.Instance),
            cancellationToken);

    private static async Task<int> StopAsync(CoordinatorConnection connection, ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(s_id), cancellationToken);
        PrintState(
            await connection.Experiments.StopAsync(new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken),
            parsed.GetValue(OutputOption.Instance));
        return ExitCode.Success;
    }

    private static async Task<int> ResumeAsync(CoordinatorConnection connection, ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(s_id), cancellationToken);
        PrintState(
            await connection.Experiments.ResumeAsync(new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken),
            parsed.GetValue(OutputOption.Instance));
        return ExitCode.Success;
    }

    private static void Print(Experiment experiment, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            Console.WriteLine(Json.Document(ExperimentReport.ToJson(experiment)));
        }
        else
        {
            ExperimentReport.Print(AnsiConsole.Console, experiment);
        }
    }

    private static void PrintState(Experiment experiment, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            Console.WriteLine(Json.Document(ExperimentReport.ToJson(experiment)));
        }
        else
        {
            Console.WriteLine($"{experiment.Id}: {StageNames.Of(experiment.State)}");
        }
    }
}
