using NnGpt.Protocol.V1;

namespace NnGpt.Reporting;

/// <summary>The figures of an experiment, those of the dashboard's page.</summary>
public static class ReportFigures
{
    /// <summary>Every figure, those without anything to show included.</summary>
    public static IReadOnlyList<Figure> Of(Experiment experiment, IReadOnlyList<Candidate> candidates)
    {
        var cycles = experiment.Cycles;
        var scored = cycles.Where(c => c.Scored > 0).ToList();
        return
        [
            new Figure("accuracy", "Accuracy by cycle", "Validation accuracy of the scored candidates; the band is the 95 % t interval of the mean.", "Cycle", "Validation accuracy",
            [
                Line("Best", 2, scored.Select(c => new Point(c.Number, c.BestAccuracy))),
                Line("Mean", 0, scored.Select(c => c.Scored > 1 ? new Point(c.Number, c.MeanAccuracy.Value, c.MeanAccuracy.Low, c.MeanAccuracy.High) : new Point(c.Number, c.MeanAccuracy.Value))),
                Line("Median", 3, scored.Select(c => new Point(c.Number, c.MedianAccuracy))),
                Line("Threshold", 6, cycles.Select(c => new Point(c.Number, c.AccuracyThreshold))),
            ]) { PercentY = true },
            new Figure("rates", "Valid and above threshold by cycle", "Bands are 95 % Wilson intervals.", "Cycle", "Share",
            [
                Line("Valid, of generated", 0, cycles.Where(c => c.ValidRate is { N: > 0 }).Select(c => Point(c.Number, c.ValidRate))),
                Line("Above threshold, of scored", 1, cycles.Where(c => c.AboveRate is { N: > 0 }).Select(c => Point(c.Number, c.AboveRate))),
            ]) { PercentY = true, YRange = (0, 1) },
            new Figure("distribution", "Distribution of accuracy", "Empirical distribution function of each cycle's scored candidates.", "Validation accuracy", "Share of scored",
                [.. candidates.Where(IsScored).GroupBy(c => c.Ref.Cycle).OrderBy(g => g.Key).Select((g, i) => Distribution($"Cycle {g.Key}", i, [.. g.Select(c => c.Training.Accuracy).Order()]))])
            { PercentX = true, PercentY = true, YRange = (0, 1) },
            new Figure("pareto", "Parameters against accuracy", "The line joins the networks that none beats in both.", "Parameters", "Validation accuracy",
            [
                new Series("Scored", 5, SeriesKind.Points, [.. candidates.Where(c => IsScored(c) && !IsAdmitted(c)).Select(SizeAndScore)]),
                new Series("Admitted", 1, SeriesKind.Points, [.. candidates.Where(c => IsScored(c) && IsAdmitted(c)).Select(SizeAndScore)]),
                new Series("Pareto front", 6, SeriesKind.Step, ParetoFront(candidates.Where(IsScored).Select(SizeAndScore))),
            ]) { LogarithmicX = true, PercentY = true },
            new Figure("admitted", "Admitted to the corpus", "", "Cycle", "Candidates",
            [
                new Series("In the cycle", 2, SeriesKind.Bars, [.. cycles.Select(c => new Point(c.Number, c.Admitted))]),
                Line("All so far", 6, cycles.Select((c, i) => new Point(c.Number, cycles.Take(i + 1).Sum(p => p.Admitted)))),
            ]) { FromZero = true },
            new Figure("similarity", "Similarity to what is known", "Mean over the judged of the highest estimated Jaccard similarity to the corpus or to what was admitted.", "Cycle", "Jaccard similarity",
                [Line("Mean", 3, scored.Select(c => new Point(c.Number, c.MeanSimilarity)))]) { YRange = (0, 1) },
            new Figure("finetuning", "Fine-tuning loss", "Mean loss of each epoch.", "Epoch", "Loss",
                [.. cycles.Where(c => c.FineTuningLosses.Count > 0).Select((c, i) => Line($"After cycle {c.Number}", i, c.FineTuningLosses.Select((loss, epoch) => new Point(epoch + 1, loss))))]),
            Structure(cycles.Where(c => c.Structures is not null)),
            Cost(experiment, candidates),
        ];
    }

    /// <summary>The points that none beats in both, by x: smaller x and larger y are better.</summary>
    internal static IReadOnlyList<Point> ParetoFront(IEnumerable<Point> points)
    {
        var front = new List<Point>();
        foreach (var point in points.OrderBy(p => p.X).ThenByDescending(p => p.Y))
        {
            if (front.Count == 0 || point.Y > front[^1].Y)
                front.Add(point);
        }
        return front;
    }

    private static bool IsScored(Candidate candidate) => candidate.Training is { Scored: true };

    private static bool IsAdmitted(Candidate candidate) => candidate.Novelty is { Admitted: true };

    private static Point SizeAndScore(Candidate candidate) => new(Math.Max(1, candidate.Validation?.Parameters ?? candidate.Training.Parameters), candidate.Training.Accuracy);

    private static Point Point(double x, Interval interval) => new(x, interval.Value, interval.Low, interval.High);

    private static Series Line(string name, int look, IEnumerable<Point> points) => new(name, look, SeriesKind.Line, [.. points]);

    private static Series Distribution(string name, int look, double[] sorted) => new(
        name, look, SeriesKind.Step, [new Point(sorted[0], 0), .. sorted.Select((accuracy, rank) => new Point(accuracy, (rank + 1.0) / sorted.Length))]);

    private static Figure Cost(Experiment experiment, IReadOnlyList<Candidate> candidates)
    {
        var byCycle = candidates.ToLookup(c => c.Ref.Cycle);
        (string Name, int Look, Func<Cycle, double> Seconds)[] stages =
        [
            ("Generating", 0, c => byCycle[c.Number].Sum(x => x.Origin?.Seconds ?? 0)),
            ("Validating", 5, c => byCycle[c.Number].Sum(x => (x.Validation?.Times?.Total ?? 0) / 1000)),
            ("Training", 1, c => byCycle[c.Number].Sum(x => x.Training is null ? 0 : x.Training.TrainSeconds + x.Training.EvaluateSeconds)),
            ("Fine-tuning", 3, c => c.Seconds.TryGetValue("fine_tuning", out double seconds) ? seconds : 0),
        ];
        return new Figure("cost", "Cost by stage", "Seconds of all candidates of a cycle added up; stages run side by side.", "Cycle", "Seconds", Stacked([.. experiment.Cycles], stages)) { FromZero = true };
    }

    private static Figure Structure(IEnumerable<Cycle> cycles) => new(
        "structure", "Structure of the admitted", "By the computation graph.", "Cycle", "Candidates",
        Stacked(
            [.. cycles],
            [
                ("With a new block", 2, c => c.Structures.NewMotifs), ("Recombinations", 5, c => c.Structures.Recombinations),
                ("Near-duplicates", 1, c => c.Structures.NearDuplicates), ("Copies", 4, c => c.Structures.Copies),
            ]))
    { FromZero = true };

    // Each bar begins where the one before it ends.
    private static IReadOnlyList<Series> Stacked(IReadOnlyList<Cycle> cycles, (string Name, int Look, Func<Cycle, double> Value)[] layers)
    {
        double[] tops = new double[cycles.Count];
        return [.. layers.Select(layer => new Series(layer.Name, layer.Look, SeriesKind.Bars, [.. cycles.Select((c, i) =>
        {
            double low = tops[i];
            tops[i] += layer.Value(c);
            return new Point(c.Number, tops[i], low, tops[i]);
        })]))];
    }
}
