using System.CommandLine;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Experiments.Profiles;
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
        var seed = new Option<ulong?>("--seed") { Description = "Seed of everything random in the experiment; default: the profile's" };
        var arm = new Option<string?>("--arm") { Description = "Arm of an ablation study: " + string.Join("; ", AblationArm.All.Select(arm => $"{arm.Name}: {arm.Description}")), HelpName = "ARM" };
        arm.AcceptOnlyFromAmong([.. AblationArm.All.Select(one => one.Name)]);
        var set = new Option<string[]>("--set") { Description = "Setting of the profile with another value; may be given again", HelpName = "PATH=VALUE" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Follow it to its end" };
        var unfinished = new Option<bool>("--continue") { Description = "If an experiment of this profile has not ended, go on with that one" };

        var command = new Command("start", "Start an experiment\n\nExample: nngpt run start quickstart --set cycles.count=8 --watch") { profile, name, seed, arm, set, watch, unfinished };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = Adapt(await ProfileFile.ReadAsync(parsed.GetRequiredValue(profile), cancellationToken), parsed.GetValue(set) ?? [], parsed.GetValue(arm));
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            string text = await BaseCorpusUpload.ApplyAsync(connection, file, cancellationToken);
            var experiment = parsed.GetValue(unfinished)
                ? await FindUnfinishedAsync(connection, text, cancellationToken)
                : null;
            bool found = experiment is not null;
            var request = new StartExperimentRequest { Profile = text, Name = parsed.GetValue(name) ?? "" };
            if (parsed.GetValue(seed) is { } chosen)
            {
                request.Seed = chosen;
            }

            experiment ??= await connection.Experiments.StartAsync(
                request,
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

    private static ProfileText Adapt(ProfileText profile, string[] settings, string? arm)
    {
        string text = profile.Text;
        if (settings.Length > 0)
        {
            try
            {
                text = ProfileFile.Checked(ProfileOverrides.Apply(text, settings.Select(Setting)), "with --set, the profile");
            }
            catch (ArgumentException wrong)
            {
                throw new CommandFailedException($"--set: {wrong.Message}", ExitCode.Usage);
            }
        }

        return profile with { Text = AblationArm.All.FirstOrDefault(one => one.Name == arm)?.Apply(text) ?? text };
    }

    private static KeyValuePair<string, string> Setting(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } path, var value]
            ? new(path, value)
            : throw new CommandFailedException($"--set '{text}' is no PATH=VALUE, such as cycles.count=8", ExitCode.Usage);

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
