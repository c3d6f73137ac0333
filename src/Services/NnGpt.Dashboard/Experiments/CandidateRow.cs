using System.Text.Json.Serialization;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Experiments;

/// <summary>A candidate as a line of the table. Null where nothing is known yet.</summary>
internal sealed record CandidateRow(
    string Id, int Cycle, int Index, string Status, string? Reason, string? Error, int? Line, bool? Valid, long? Parameters, long? Macs,
    double? Accuracy, double? TestAccuracy, bool? Above, bool? Novel, bool? Admitted, double? JTrain, double? JGenerated,
    string? Nearest, int? Tokens, double? GenerateSeconds, double? ValidateSeconds, double? TrainSeconds, DateTimeOffset Created, DateTimeOffset? Finished)
{
    private const int LongestError = 300;

    public static CandidateRow Of(Candidate candidate)
    {
        var (validation, training, novelty) = (candidate.Validation, candidate.Training, candidate.Novelty);
        bool rejected = validation is { Valid: false };
        var reason = rejected ? validation!.Reason : training is { Scored: false } ? training.Reason : RejectionReason.Unspecified;
        var error = rejected ? validation!.Error : training is { Scored: false } ? training.Error : null;
        var tests = candidate.Rescored.Where(outcome => outcome.Scored).Select(outcome => outcome.Accuracy).ToList();
        return new CandidateRow(
            candidate.Ref.Id, candidate.Ref.Cycle, candidate.Ref.Index, candidate.Status,
            reason == RejectionReason.Unspecified ? null : reason.ToString(),
            error is null ? null : Shorten($"{error.Type}: {error.Message}"), error is { Line: > 0 } ? error.Line : null,
            validation?.Valid, validation?.Parameters, validation is { Macs: > 0 } ? validation.Macs : null,
            training is { Scored: true } ? training.Accuracy : null, tests.Count == 0 ? null : tests.Average(),
            novelty?.AboveThreshold, novelty?.Novel, novelty?.Admitted, novelty?.JTrain, novelty?.JGenerated,
            novelty is null ? null : novelty.JTrain >= novelty.JGenerated ? novelty.NearestTrain : novelty.NearestGenerated,
            candidate.Origin?.CompletionTokens, candidate.Origin?.Seconds, validation?.Times is { } times ? times.Total / 1000 : null,
            training is null ? null : training.TrainSeconds + training.EvaluateSeconds,
            candidate.Created.ToDateTimeOffset(), candidate.Finished?.ToDateTimeOffset());
    }

    private static string Shorten(string text) => text.Length <= LongestError ? text : text[..LongestError] + "…";
}

/// <summary>What the page of an experiment hears of its candidates. <paramref name="Reset"/>: what was told before is void.</summary>
internal sealed record CandidateRows(bool Reset, bool Complete, IEnumerable<CandidateRow> Rows);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CandidateRows))]
internal sealed partial class CandidateJson : JsonSerializerContext;
