using System.CommandLine;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt run start PROFILE`.</summary>
internal static class RunStartCommand
{
    public static Command Create()
    {
        var profile = new Argument<string>("PROFILE")
        {
            Description = "Name of a profile (" + string.Join(", ", ProfileFile.Names()) + ") or path of a profile file (.yaml)",
        };
        var name = new Option<string?>("--name") { Description = "Name of the experiment; default: the profile's name and a number" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of everything random in the experiment; default: the profile's" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Follow it to its end" };
        var unfinished = new Option<bool>("--continue") { Description = "If an experiment of this profile has not ended, go on with that one" };

        var command = new Command("start", "Start an experiment\n\nExample: nngpt run start quickstart --watch") { profile, name, seed, watch, unfinished };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = await ProfileFile.ReadAsync(parsed.GetRequiredValue(profile), cancellationToken);
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            string text = await BaseCorpusUpload.ApplyAsync(connection, file, cancellationToken);
            var experiment = parsed.GetValue(unfinished)
                ? await FindUnfinishedAsync(connection, text, cancellationToken)
                : null;
            bool found = experiment is not null;
            experiment ??= await connection.Experiments.StartAsync(
                new StartExperimentRequest { Profile = text, Name = parsed.GetValue(name) ?? "", Seed = parsed.GetValue(seed) },
                deadline: CoordinatorConnection.Deadline,
                cancellationToken: cancellationToken);

            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Table)
            {
                Console.WriteLine($"{experiment.Id}: {(found ? "goes on" : "started")}");
            }

            if (parsed.GetValue(watch))
            {
                return await RunCommand.FollowAsync(connection, experiment.Id, parsed.GetValue(OutputOption.Instance), cancellationToken);
            }

            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Document(ExperimentReport.ToJson(experiment)));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<Experiment?> FindUnfinishedAsync(CoordinatorConnection connection, string profile, CancellationToken cancellationToken)
    {
        var all = await connection.Experiments.ListAsync(new ListExperimentsRequest(), deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        var experiment = all.Experiments
            .Where(experiment => experiment.Profile == profile && experiment.State is not (ExperimentState.Completed or ExperimentState.Failed))
            .MaxBy(experiment => experiment.Created);
        return experiment is { State: ExperimentState.Stopped or ExperimentState.Stopping }
            ? await connection.Experiments.ResumeAsync(new GetExperimentRequest { Id = experiment.Id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken)
            : experiment;
    }
}
