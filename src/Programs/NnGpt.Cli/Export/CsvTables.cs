using System.Globalization;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Export;

/// <summary>CSV (RFC 4180) of cycles and candidates; shares and accuracies in 0..1, empty where nothing was measured.</summary>
internal static class CsvTables
{
    public static async Task WriteCyclesAsync(string path, Experiment experiment, CancellationToken cancellationToken)
    {
        List<string?[]> rows =
        [
            [
                "cycle", "adapter", "requested", "generated", "validated", "valid", "valid_rate", "valid_rate_low", "valid_rate_high",
                "scored", "accuracy_threshold", "above_threshold", "above_rate", "above_rate_low", "above_rate_high", "novel", "admitted",
                "mean_accuracy", "mean_accuracy_low", "mean_accuracy_high", "median_accuracy", "best_accuracy", "best_candidate",
                "mean_similarity", "fine_tuning_loss", "copies", "near_duplicates", "recombinations", "new_motifs",
            ],
        ];
        rows.AddRange(experiment.Cycles.Select(cycle => (string?[])
        [
            Text(cycle.Number), cycle.AdapterDigest, Text(cycle.Requested), Text(cycle.Generated), Text(cycle.Validated), Text(cycle.Valid),
            .. Interval(cycle.ValidRate),
            Text(cycle.Scored), Text(cycle.AccuracyThreshold), Text(cycle.AboveThreshold),
            .. Interval(cycle.AboveRate),
            Text(cycle.Novel), Text(cycle.Admitted),
            .. Interval(cycle.MeanAccuracy),
            Text(cycle.MedianAccuracy), Text(cycle.BestAccuracy), cycle.BestCandidate, Text(cycle.MeanSimilarity),
            cycle.FineTuningLosses.Count == 0 ? null : Text(cycle.FineTuningLosses[^1]),
            Optional(cycle.Structures?.Copies), Optional(cycle.Structures?.NearDuplicates), Optional(cycle.Structures?.Recombinations), Optional(cycle.Structures?.NewMotifs),
        ]));
        await WriteAsync(path, rows, cancellationToken);
    }

    public static async Task WriteCandidatesAsync(string path, IEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        List<string?[]> rows =
        [
            [
                "candidate", "cycle", "index", "status", "adapter", "seed", "valid", "reason", "error_type", "error_message", "error_line",
                "parameters", "macs", "accuracy", "test_accuracy", "j_train", "nearest_train", "j_generated", "nearest_generated",
                "above_threshold", "novel", "admitted", "structure", "fingerprint", "graph_similarity", "nearest_structure", "motifs", "new_motifs",
            ],
        ];
        rows.AddRange(candidates.Select(Row));
        await WriteAsync(path, rows, cancellationToken);
    }

    private static string?[] Row(Candidate candidate)
    {
        var validation = candidate.Validation;
        var training = candidate.Training;
        var novelty = candidate.Novelty;
        var error = validation is { Valid: false } ? validation.Error : training is { Scored: false } ? training.Error : null;
        var reason = validation is { Valid: false } ? validation.Reason : training?.Reason ?? RejectionReason.Unspecified;
        var tests = candidate.Rescored.Where(run => run.Scored).ToArray();
        return
        [
            candidate.Ref.Id, Text(candidate.Ref.Cycle), Text(candidate.Ref.Index), candidate.Status,
            candidate.Origin?.AdapterDigest, candidate.Origin?.Seed.ToString(CultureInfo.InvariantCulture),
            Text(validation?.Valid), StageNames.Of(reason), error?.Type, error?.Message, error is { Line: > 0 } ? Text(error.Line) : null,
            validation is { Valid: true } ? Text(validation.Parameters) : null,
            validation is { Valid: true } ? Text(validation.Macs) : null,
            training is { Scored: true } ? Text(training.Accuracy) : null,
            tests.Length > 0 ? Text(tests.Average(run => run.Accuracy)) : null,
            novelty is null ? null : Text(novelty.JTrain), novelty?.NearestTrain,
            novelty is null ? null : Text(novelty.JGenerated), novelty?.NearestGenerated,
            Text(novelty?.AboveThreshold), Text(novelty?.Novel), Text(novelty?.Admitted),
            .. Structure(candidate.Structure),
        ];
    }

    private static string?[] Structure(StructureVerdict? structure) => structure is null or { Class: StructureClass.Unspecified }
        ? [null, null, null, null, null, null]
        :
        [
            StageNames.Of(structure.Class), structure.Fingerprint, Text(structure.Similarity), structure.Nearest,
            Text(structure.Motifs.Count), Text(structure.Motifs.Count(motif => motif.New)),
        ];

    private static string?[] Interval(Interval? interval) =>
        interval is null or { N: 0 } ? [null, null, null] : [Text(interval.Value), Text(interval.Low), Text(interval.High)];

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? Optional(int? value) => value is { } number ? Text(number) : null;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool? value) => value switch { null => null, true => "true", false => "false" };

    private static async Task WriteAsync(string path, IEnumerable<string?[]> rows, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(path);
        foreach (string?[] row in rows)
        {
            await writer.WriteAsync($"{string.Join(',', row.Select(Quote))}\n".AsMemory(), cancellationToken);
        }
    }

    private static string Quote(string? field) =>
        field is null ? ""
        : field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
