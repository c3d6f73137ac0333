using System.Globalization;
using NnGpt.Cli.Rendering;
using NnGpt.Experiments.Statistics;
using Spectre.Console;

namespace NnGpt.Cli.Comparison;

/// <summary>Experiments side by side: a table each, then their last cycles against the first and against each other.</summary>
internal static class ComparisonReport
{
    private static readonly string[] s_interval = ["", "_low", "_high", "_n"];

    public static void Print(IAnsiConsole console, IReadOnlyList<ExperimentFigures> experiments)
    {
        foreach (var experiment in experiments)
        {
            console.MarkupLine($"[bold]{Markup.Escape(experiment.Experiment)}[/], seed {experiment.Seed}; shares above {Figures.Accuracy(experiment.Floor)}; 95 % intervals");
            var table = new Table().Border(TableBorder.Simple);
            foreach (string name in (string[])["cycle", "generated", "valid %", "mean accuracy", "best", "above %", "novel", "admitted", "distinct", "pairwise J", "repeats %", "Vendi", "families"])
            {
                table.AddColumn(new TableColumn(Markup.Escape(name)));
            }

            foreach (var cycle in experiment.Cycles.Concat(experiment.Last is { } last ? [last] : []))
            {
                table.AddRow(Row(cycle).Select(Markup.Escape).ToArray());
            }

            console.Write(table);
            foreach (var candidate in experiment.Rescored)
            {
                console.WriteLine(
                    $"  {candidate.Candidate} ({candidate.Family}): validation {Figures.Accuracy(candidate.Validation)}, test {Interval(candidate.Test)} over {candidate.Test.N} seeds");
            }

            console.WriteLine();
        }

        foreach (string finding in Findings(experiments))
        {
            console.WriteLine(finding);
        }
    }

    public static IEnumerable<string> Findings(IReadOnlyList<ExperimentFigures> experiments)
    {
        foreach (var experiment in experiments)
        {
            if (experiment.Last is not { } last)
            {
                continue;
            }

            var first = experiment.Cycles[0];
            yield return $"{experiment.Experiment}: mean accuracy {Interval(first.MeanAccuracy)} in cycle 0, {Interval(last.MeanAccuracy)} in cycles {last.Cycles}: {Verdict(first.MeanAccuracy, last.MeanAccuracy)}";
            yield return $"{experiment.Experiment}: above {Figures.Accuracy(experiment.Floor)} {Percent(first.AboveFloor)} %, then {Percent(last.AboveFloor)} %; valid {Percent(first.ValidRate)} %, then {Percent(last.ValidRate)} %";
            yield return $"{experiment.Experiment}: families above the floor in cycles {last.Cycles}: {string.Join(", ", last.FamiliesAboveFloor.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}";
        }

        foreach (var other in experiments.Skip(1))
        {
            if (experiments[0].Last is { } ours && other.Last is { } theirs)
            {
                yield return $"{experiments[0].Experiment} against {other.Experiment}: mean accuracy {Interval(ours.MeanAccuracy)} and {Interval(theirs.MeanAccuracy)}: {Verdict(theirs.MeanAccuracy, ours.MeanAccuracy)}";
                yield return $"{experiments[0].Experiment} against {other.Experiment}: pairwise similarity {Interval(ours.PairwiseSimilarity)} and {Interval(theirs.PairwiseSimilarity)}; distinct admitted {ours.DistinctSoFar} and {theirs.DistinctSoFar}";
                yield return $"{experiments[0].Experiment} against {other.Experiment}: repeats {Percent(ours.Repeats)} % and {Percent(theirs.Repeats)} %: {Verdict(theirs.Repeats, ours.Repeats)}; Vendi score {Score(ours.Vendi)} and {Score(theirs.Vendi)}";
            }
        }
    }

    public static object ToJson(IReadOnlyList<ExperimentFigures> experiments) => new
    {
        Experiments = experiments.Select(experiment => new
        {
            experiment.Experiment,
            experiment.Seed,
            experiment.Floor,
            Cycles = experiment.Cycles.Select(CycleJson),
            Last = experiment.Last is { } last ? CycleJson(last) : null,
            Rescored = experiment.Rescored.Select(candidate => new
            {
                candidate.Candidate,
                candidate.Cycle,
                candidate.Family,
                candidate.Validation,
                Test = IntervalJson(candidate.Test),
            }),
        }),
        Findings = Findings(experiments),
    };

    /// <summary>A line a cycle and experiment (RFC 4180); empty where nothing was measured.</summary>
    public static IEnumerable<string> ToCsv(IReadOnlyList<ExperimentFigures> experiments)
    {
        string[] families = [.. experiments.SelectMany(experiment => experiment.Cycles).SelectMany(cycle => cycle.Families.Keys).Distinct().Order(StringComparer.Ordinal)];
        yield return string.Join(',', [
            "experiment", "seed", "cycle", "generated", .. s_interval.Select(end => $"valid_rate{end}"), .. s_interval.Select(end => $"mean_accuracy{end}"), "best_accuracy",
            .. s_interval.Select(end => $"above_floor{end}"), "novel", "admitted", "distinct_so_far", .. s_interval.Select(end => $"pairwise_similarity{end}"),
            .. s_interval.Select(end => $"repeats{end}"), "vendi_score", .. families]);
        foreach (var experiment in experiments)
        {
            foreach (var cycle in experiment.Cycles)
            {
                yield return string.Join(',', [
                    experiment.Experiment, Text(experiment.Seed), cycle.Cycles, Text(cycle.Generated), .. Csv(cycle.ValidRate), .. Csv(cycle.MeanAccuracy), Text(cycle.BestAccuracy),
                    .. Csv(cycle.AboveFloor), Text(cycle.Novel), Text(cycle.Admitted), Text(cycle.DistinctSoFar), .. Csv(cycle.PairwiseSimilarity),
                    .. Csv(cycle.Repeats), Text(cycle.Vendi),
                    .. families.Select(family => Text(cycle.Families.GetValueOrDefault(family)))]);
            }
        }
    }

    private static string[] Row(CycleFigures cycle) =>
    [
        cycle.Cycles, Text(cycle.Generated), Percent(cycle.ValidRate), Interval(cycle.MeanAccuracy), Figures.Accuracy(cycle.BestAccuracy), Percent(cycle.AboveFloor),
        Text(cycle.Novel), Text(cycle.Admitted), Text(cycle.DistinctSoFar), Interval(cycle.PairwiseSimilarity), Percent(cycle.Repeats), Score(cycle.Vendi), Text(cycle.FamiliesAboveFloor.Count),
    ];

    private static string Verdict(ConfidenceInterval lower, ConfidenceInterval upper) =>
        upper.Low > lower.High ? "higher, intervals apart" : upper.High < lower.Low ? "lower, intervals apart" : "intervals overlap";

    private static string Interval(ConfidenceInterval interval) =>
        interval.N < 2 ? "-" : $"{Figures.Accuracy(interval.Value)} [{Figures.Accuracy(interval.Low)}, {Figures.Accuracy(interval.High)}]";

    private static string Percent(ConfidenceInterval interval) =>
        interval.N == 0 ? "-" : $"{Figures.Percent(interval.Value)} [{Figures.Percent(interval.Low)}, {Figures.Percent(interval.High)}]";

    private static string Score(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static object CycleJson(CycleFigures cycle) => new
    {
        cycle.Cycles,
        cycle.Generated,
        ValidRate = IntervalJson(cycle.ValidRate),
        MeanAccuracy = IntervalJson(cycle.MeanAccuracy),
        BestAccuracy = double.IsNaN(cycle.BestAccuracy) ? (double?)null : cycle.BestAccuracy,
        AboveFloor = IntervalJson(cycle.AboveFloor),
        cycle.Novel,
        cycle.Admitted,
        cycle.DistinctSoFar,
        PairwiseSimilarity = IntervalJson(cycle.PairwiseSimilarity),
        Repeats = IntervalJson(cycle.Repeats),
        VendiScore = cycle.Vendi,
        cycle.Families,
        cycle.FamiliesAboveFloor,
    };

    private static object? IntervalJson(ConfidenceInterval interval) =>
        interval.N == 0 || !double.IsFinite(interval.Low) ? null : new { interval.Value, interval.Low, interval.High, interval.N };

    private static string[] Csv(ConfidenceInterval interval) =>
        interval.N == 0 ? ["", "", "", "0"] : [Text(interval.Value), Text(interval.Low), Text(interval.High), Text(interval.N)];

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("0.######", CultureInfo.InvariantCulture) : "";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
