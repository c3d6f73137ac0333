using Google.Protobuf.WellKnownTypes;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.Coordinator.Grpc;

/// <summary>The stored state as callers see it.</summary>
internal static class ExperimentMessages
{
    private const int Best = 10;

    /// <summary>Null when there is no such experiment.</summary>
    public static Experiment? DescribeExperiment(this SqlSession sql, string id)
    {
        if (sql.FindExperiment(id) is not { } row)
            return null;
        var message = new Experiment
        {
            Id = row.Id,
            Name = row.Name,
            Profile = row.ProfileText,
            State = row.State,
            Message = row.Message,
            CyclesPlanned = row.Profile.Cycles.Count,
            Created = Time(row.Created),
            Ended = row.Ended is { } ended ? Time(ended) : null,
            Seed = row.Seed,
            Stage = row.Stage,
        };
        message.Cycles.Add(sql.ListCycles(id).Select(c => CycleMetrics.Of(c, sql.ListOutcomes(id, c.Number))));
        var rescored = sql.ListRescored(id);
        message.Best.Add(sql.ListBest(id, Best, admittedOnly: false).Select(c => Describe(c, rescored[c.Id], withSource: false)));
        return message;
    }

    public static ExperimentSummary Summarise(this SqlSession sql, ExperimentRow row)
    {
        var cycles = sql.CountCandidates(row.Id);
        var message = new ExperimentSummary
        {
            Id = row.Id,
            Name = row.Name,
            State = row.State,
            Stage = row.Stage,
            Message = row.Message,
            Cycle = row.Cycle,
            CyclesPlanned = row.Profile.Cycles.Count,
            Requested = cycles.Sum(c => c.Requested),
            Generated = cycles.Sum(c => c.Generated),
            Valid = cycles.Sum(c => c.Valid),
            Scored = cycles.Sum(c => c.Scored),
            Admitted = cycles.Sum(c => c.Admitted),
            Finished = cycles.Sum(c => c.Finished),
            BestAccuracy = cycles.Select(c => c.BestAccuracy).DefaultIfEmpty(0).Max(),
            Created = Time(row.Created),
            Ended = row.Ended is { } ended ? Time(ended) : null,
            Dataset = row.Profile.Task.Dataset,
            Seed = row.Seed,
        };
        message.MeanAccuracies.Add(cycles.Select(c => c.MeanAccuracy));
        return message;
    }

    /// <summary>A candidate as a line of a list: without the long parts.</summary>
    public static Candidate DescribeBriefly(CandidateRow row, IEnumerable<TrainingOutcome> rescored)
    {
        var message = Describe(row, rescored, withSource: false);
        message.Graph = null;
        if (message.Validation is { } validation)
        {
            validation.Graph = null;
            validation.StateDict.Clear();
            validation.Losses.Clear();
        }
        message.Training?.Losses.Clear();
        foreach (var outcome in message.Rescored)
            outcome.Losses.Clear();
        return message;
    }

    public static Candidate Describe(CandidateRow row, IEnumerable<TrainingOutcome> rescored, bool withSource)
    {
        var message = new Candidate
        {
            Ref = CandidateIds.Of(row.Experiment, row.Cycle, row.Index),
            Source = withSource ? row.Source ?? "" : "",
            Origin = row.Origin,
            Validation = row.Validation,
            Training = row.Training,
            Novelty = row.Novelty,
            Structure = row.Structure,
            Status = row.Status,
            Created = Time(row.Created),
            Finished = row.Finished is { } finished ? Time(finished) : null,
            TraceId = NnGptTelemetry.CandidateTrace(row.Id).TraceId.ToHexString(),
        };
        if (row.Lost != RejectionReason.Unspecified && row.Training is null)
        {
            // Given up: the stage that gave no answer carries the reason.
            var error = new CodeError { Message = row.LostDetail };
            if (row.Validation is null)
                message.Validation = new ValidationOutcome { Reason = row.Lost, Error = error };
            else
                message.Training = new TrainingOutcome { Reason = row.Lost, Error = error };
        }
        message.Rescored.Add(rescored);
        return message;
    }

    private static Timestamp Time(long milliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
