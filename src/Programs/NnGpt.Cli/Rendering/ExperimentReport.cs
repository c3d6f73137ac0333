using System.Globalization;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>What an experiment came to: a row per cycle, its best architectures, why candidates were lost.</summary>
internal static class ExperimentReport
{
    public static void Print(IAnsiConsole console, Experiment experiment)
    {
        console.MarkupLine($"[bold]{Markup.Escape(experiment.Id)}[/]: {StageNames.Of(experiment.State)}");
        if (experiment.Message.Length > 0)
        {
            console.WriteLine(experiment.Message);
        }

        console.Write(CycleTable.Create(experiment));
        PrintRejections(console, experiment);
        PrintStructures(console, experiment);
        PrintFamilies(console, experiment);
        if (experiment.Best.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine("[bold]Best architectures[/] by validation accuracy after one epoch; test: mean of the re-scoring runs on the test split");
            console.Write(BestTable(experiment));
        }

        PrintTimes(console, experiment);
    }

    public static object ToJson(Experiment experiment) => new
    {
        experiment.Id,
        experiment.Name,
        State = StageNames.Of(experiment.State),
        experiment.Message,
        experiment.Seed,
        experiment.CyclesPlanned,
        Created = experiment.Created?.ToDateTime(),
        Ended = experiment.Ended?.ToDateTime(),
        Cycles = experiment.Cycles.Select(CycleJson),
        Best = experiment.Best.Select(CandidateReport.ToJson),
    };

    private static object CycleJson(Cycle cycle) => new
    {
        cycle.Number,
        Stage = StageNames.Of(cycle.Stage),
        cycle.AdapterDigest,
        cycle.NextAdapterDigest,
        cycle.Requested,
        cycle.Generated,
        cycle.Validated,
        cycle.Valid,
        cycle.Scored,
        cycle.AccuracyThreshold,
        cycle.AboveThreshold,
        cycle.Novel,
        cycle.Admitted,
        cycle.Finished,
        ValidRate = IntervalJson(cycle.ValidRate),
        AboveRate = IntervalJson(cycle.AboveRate),
        MeanAccuracy = IntervalJson(cycle.MeanAccuracy),
        cycle.MedianAccuracy,
        cycle.BestAccuracy,
        cycle.BestCandidate,
        cycle.MeanSimilarity,
        Structures = cycle.Structures is not { } structures ? null : new
        {
            structures.Copies,
            structures.NearDuplicates,
            structures.Recombinations,
            structures.NewMotifs,
        },
        cycle.Families,
        FineTuningLosses = cycle.FineTuningLosses.ToArray(),
        cycle.Rejections,
        cycle.Seconds,
    };

    private static object? IntervalJson(Interval? interval) =>
        interval is null ? null : new { interval.Value, interval.Low, interval.High, interval.N };

    private static Table BestTable(Experiment experiment)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("candidate");
        foreach (string name in (string[])["cycle", "validation", "test", "runs", "parameters", "MACs/image"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var candidate in experiment.Best)
        {
            var tests = candidate.Rescored.Where(run => run.Scored).ToArray();
            table.AddRow(
                Markup.Escape(candidate.Ref.Id),
                candidate.Ref.Cycle.ToString(CultureInfo.InvariantCulture),
                Figures.Accuracy(candidate.Training.Accuracy),
                tests.Length == 0 ? "-" : Figures.Accuracy(tests.Average(run => run.Accuracy)),
                tests.Length.ToString(CultureInfo.InvariantCulture),
                Figures.Count(candidate.Validation?.Parameters ?? 0),
                Figures.Count(candidate.Validation?.Macs ?? 0));
        }

        return table;
    }

    private static void PrintRejections(IAnsiConsole console, Experiment experiment)
    {
        var reasons = experiment.Cycles
            .SelectMany(cycle => cycle.Rejections)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(group => (Reason: group.Key, Count: group.Sum()))
            .OrderByDescending(pair => pair.Count)
            .ToArray();
        if (reasons.Length > 0)
        {
            console.WriteLine("Without a score: " + string.Join(", ", reasons.Select(pair => $"{pair.Reason} {pair.Count}")));
        }
    }

    // Memorized or created: a line a cycle that has admitted something.
    private static void PrintStructures(IAnsiConsole console, Experiment experiment)
    {
        foreach (var cycle in experiment.Cycles.Where(cycle => cycle.Admitted > 0 && cycle.Structures is not null))
        {
            console.WriteLine($"Structure of the admitted in cycle {cycle.Number}: {StructureReport.Summary(cycle.Structures, cycle.Admitted)}");
        }
    }

    // What kinds of networks there are, in the first cycle and in the last: does the loop drift to one?
    private static void PrintFamilies(IAnsiConsole console, Experiment experiment)
    {
        Cycle[] told = [.. experiment.Cycles.Where(cycle => cycle.Families.Count > 0)];
        foreach (var cycle in told.Length > 1 ? [told[0], told[^1]] : told)
        {
            console.WriteLine($"Families of the scored in cycle {cycle.Number}: {string.Join(", ", cycle.Families.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}");
        }
    }

    private static void PrintTimes(IAnsiConsole console, Experiment experiment)
    {
        var stages = experiment.Cycles
            .SelectMany(cycle => cycle.Seconds)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(group => $"{group.Key} {Figures.Duration(group.Sum())}")
            .ToArray();
        if (stages.Length > 0)
        {
            console.WriteLine("Time by stage: " + string.Join(", ", stages));
        }
    }
}
