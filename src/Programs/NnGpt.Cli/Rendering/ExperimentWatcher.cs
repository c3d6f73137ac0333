using Grpc.Core;
using NnGpt.Cli.Connection;
using NnGpt.Protocol.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NnGpt.Cli.Rendering;

/// <summary>
/// Follows an experiment to its end: a live table on a terminal, a line per change elsewhere.
/// The Coordinator may restart in between; the watcher then asks again.
/// </summary>
internal sealed class ExperimentWatcher(CoordinatorConnection connection, TimeProvider time)
{
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private long _lastLine;
    private string _lastStage = "";

    /// <summary>Returns the experiment as it was when it ended.</summary>
    public async Task<Experiment> WatchAsync(string id, bool quiet, CancellationToken cancellationToken)
    {
        if (quiet)
        {
            return await FollowAsync(id, _ => { }, cancellationToken);
        }

        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            return await FollowAsync(id, PrintLine, cancellationToken);
        }

        return await AnsiConsole.Live(new Text("waiting for the coordinator ..."))
            .AutoClear(true)
            .StartAsync(context => FollowAsync(
                id,
                experiment =>
                {
                    context.UpdateTarget(View(experiment));
                    context.Refresh();
                },
                cancellationToken));
    }

    private async Task<Experiment> FollowAsync(string id, Action<Experiment> show, CancellationToken cancellationToken)
    {
        long lastAnswer = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var call = connection.Experiments.Watch(new GetExperimentRequest { Id = id }, cancellationToken: cancellationToken);
                await foreach (var experiment in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    lastAnswer = time.GetTimestamp();
                    show(experiment);
                    if (StageNames.HasEnded(experiment.State))
                    {
                        return experiment;
                    }
                }
            }
            catch (RpcException failure) when (IsTransient(failure) && time.GetElapsedTime(lastAnswer) < s_patience)
            {
                // The AppHost restarts a Coordinator that went away; the experiment goes on where it was.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    private static bool IsTransient(RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Aborted
        || (failure.StatusCode == StatusCode.Cancelled && failure.InnerException is null);

    private void PrintLine(Experiment experiment)
    {
        if (experiment.Cycles.Count == 0)
        {
            return;
        }

        var cycle = experiment.Cycles[^1];
        string stage = $"{cycle.Number}/{experiment.Stage}/{experiment.State}";
        if (stage == _lastStage && time.GetElapsedTime(_lastLine) < s_lineInterval)
        {
            return;
        }

        _lastStage = stage;
        _lastLine = time.GetTimestamp();
        Console.WriteLine(Progress(experiment, cycle));
    }

    private static string Progress(Experiment experiment, Cycle cycle) =>
        $"cycle {cycle.Number} ({cycle.Number + 1} of {experiment.CyclesPlanned})  {StageNames.Of(experiment.Stage)}  "
        + $"generated {cycle.Generated}/{cycle.Requested}  valid {cycle.Valid}/{cycle.Validated}  scored {cycle.Scored}  "
        + $"above {cycle.AboveThreshold}  novel {cycle.Novel}  admitted {cycle.Admitted}  "
        + $"mean {Figures.MeanWithInterval(cycle.MeanAccuracy)}  best {Figures.Accuracy(cycle.BestAccuracy)}";

    private static Rows View(Experiment experiment)
    {
        List<IRenderable> rows = [new Markup($"[bold]{Markup.Escape(experiment.Id)}[/]  {StageNames.Of(experiment.State)}")];
        if (experiment.Cycles.Count > 0)
        {
            var cycle = experiment.Cycles[^1];
            rows.Add(new Text(
                $"cycle {cycle.Number} ({cycle.Number + 1} of {experiment.CyclesPlanned}): {StageNames.Of(experiment.Stage)}, {cycle.Finished} of {cycle.Requested} candidates finished"));
            rows.Add(new BreakdownChart()
                .Width(60)
                .AddItem("finished", cycle.Finished, Color.Green)
                .AddItem("on their way", Math.Max(0, cycle.Generated - cycle.Finished), Color.Blue)
                .AddItem("to come", Math.Max(0, cycle.Requested - cycle.Generated), Color.Grey));
            rows.Add(CycleTable.Create(experiment));
        }

        return new Rows(rows);
    }
}
