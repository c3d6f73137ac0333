using System.Globalization;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>One candidate: where it came from, what was said of it, its source.</summary>
internal static class CandidateReport
{
    public static Table List(IEnumerable<Candidate> candidates)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("candidate");
        table.AddColumn("status");
        foreach (string name in (string[])["accuracy", "parameters", "J corpus", "J admitted"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("verdict");
        foreach (var candidate in candidates)
        {
            table.AddRow(
                Markup.Escape(candidate.Ref.Id),
                candidate.Status,
                candidate.Training is { Scored: true } training ? Figures.Accuracy(training.Accuracy) : "-",
                candidate.Validation is { Valid: true } validation ? Figures.Count(validation.Parameters) : "-",
                candidate.Novelty is { } train ? Figures.Accuracy(train.JTrain) : "-",
                candidate.Novelty is { } generated ? Figures.Accuracy(generated.JGenerated) : "-",
                Markup.Escape(PrintableText.Of(Verdict(candidate))));
        }

        return table;
    }

    public static void Print(IAnsiConsole console, Candidate candidate)
    {
        var grid = new Grid().AddColumn().AddColumn();
        void Row(string name, string value) => grid.AddRow(new Text(name), new Text(PrintableText.Of(value)));

        Row("candidate", candidate.Ref.Id);
        Row("verdict", Verdict(candidate));
        if (candidate.Origin is { } origin)
        {
            Row("sampled by", $"{origin.Model}, adapter {Figures.ShortDigest(origin.AdapterDigest)}, seed {origin.Seed}, {origin.CompletionTokens} tokens, ended by {origin.FinishReason}");
        }

        if (candidate.Validation is { Valid: true } validation)
        {
            Row("size", $"{Figures.Count(validation.Parameters)} parameters, {Figures.Count(validation.Macs)} multiply-accumulates an image");
        }

        if (candidate.Training is { Scored: true } training)
        {
            Row("accuracy", $"{Figures.Accuracy(training.Accuracy)} on {Figures.Count(training.Images)} {training.EvaluatedOn} images, trained in {training.TrainSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        }

        foreach (var run in candidate.Rescored.Where(run => run.Scored))
        {
            Row("re-scored", $"{Figures.Accuracy(run.Accuracy)} on {Figures.Count(run.Images)} {run.EvaluatedOn} images");
        }

        if (candidate.Novelty is { } novelty)
        {
            Row("nearest of the corpus", $"{novelty.NearestTrain} at J = {Figures.Accuracy(novelty.JTrain)}");
            Row("nearest admitted", $"{(novelty.NearestGenerated.Length == 0 ? "none" : novelty.NearestGenerated)} at J = {Figures.Accuracy(novelty.JGenerated)}");
        }

        if (candidate.Structure is { } structure)
        {
            Row("structure", StructureReport.Summary(structure));
        }

        if (candidate.TraceId.Length > 0)
        {
            Row("trace", candidate.TraceId);
        }

        console.Write(grid);
        if (candidate.Structure is { Motifs.Count: > 0 } classified)
        {
            console.WriteLine();
            console.Write(StructureReport.Motifs(classified));
        }

        console.WriteLine();
        PrintSource(console, candidate);
    }

    public static object ToJson(Candidate candidate) => new
    {
        candidate.Ref.Id,
        candidate.Ref.Cycle,
        candidate.Ref.Index,
        candidate.Status,
        Verdict = Verdict(candidate),
        Origin = candidate.Origin is not { } origin ? null : new
        {
            origin.Model,
            origin.AdapterDigest,
            origin.Seed,
            origin.PromptTokens,
            origin.CompletionTokens,
            origin.FinishReason,
        },
        Validation = candidate.Validation is not { } validation ? null : ValidationJson(validation),
        Training = candidate.Training is not { } training ? null : TrainingJson(training),
        Novelty = candidate.Novelty is not { } novelty ? null : new
        {
            novelty.Novel,
            novelty.AboveThreshold,
            novelty.Admitted,
            novelty.JTrain,
            novelty.NearestTrain,
            novelty.JGenerated,
            novelty.NearestGenerated,
            novelty.RejectionCount,
        },
        Structure = candidate.Structure is not { } structure ? null : StructureReport.ToJson(structure),
        Rescored = candidate.Rescored.Select(TrainingJson),
        candidate.TraceId,
        Source = candidate.Source.Length == 0 ? null : candidate.Source,
    };

    private static object ValidationJson(ValidationOutcome outcome) => new
    {
        outcome.Valid,
        Reason = StageNames.Of(outcome.Reason),
        Error = ErrorJson(outcome.Error),
        outcome.Parameters,
        outcome.Macs,
        OutputShape = outcome.OutputShape.ToArray(),
    };

    private static object TrainingJson(TrainingOutcome outcome) => new
    {
        outcome.Scored,
        Reason = StageNames.Of(outcome.Reason),
        Error = ErrorJson(outcome.Error),
        outcome.Accuracy,
        outcome.Images,
        outcome.EvaluatedOn,
        outcome.TrainSeconds,
        Losses = outcome.Losses.ToArray(),
    };

    private static object? ErrorJson(CodeError? error) => error is null ? null : new { error.Type, error.Message, error.Line };

    private static string Verdict(Candidate candidate)
    {
        if (candidate.Validation is { Valid: false } invalid)
        {
            return Rejection(invalid.Reason, invalid.Error);
        }

        if (candidate.Training is { Scored: false } untrained)
        {
            return Rejection(untrained.Reason, untrained.Error);
        }

        return candidate.Novelty switch
        {
            null => "",
            { Admitted: true } => "admitted",
            { AboveThreshold: false } => "below the threshold",
            _ => "near-duplicate",
        };
    }

    private static string Rejection(RejectionReason reason, CodeError? error) =>
        error is null || error.Type.Length == 0
            ? StageNames.Of(reason)
            : $"{StageNames.Of(reason)}: {error.Type}: {error.Message}{(error.Line > 0 ? $" (line {error.Line})" : "")}";

    private static void PrintSource(IAnsiConsole console, Candidate candidate)
    {
        int errorLine = (candidate.Validation is { Valid: false } invalid ? invalid.Error : candidate.Training?.Error)?.Line ?? 0;
        string[] lines = candidate.Source.TrimEnd('\n').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = $"{(i + 1 == errorLine ? ">" : " ")}{i + 1,4}  {PrintableText.Of(lines[i])}\n";
            console.Write(i + 1 == errorLine ? new SourceLine(line, Color.Red) : new SourceLine(line, Color.Default));
        }
    }
}
