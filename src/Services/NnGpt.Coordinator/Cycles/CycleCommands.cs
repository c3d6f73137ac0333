using System.Globalization;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Puts the commands of an experiment into the outbox.</summary>
internal static class CycleCommands
{
    public static void SendGenerate(this SqlSession sql, ExperimentRow experiment, CycleRow cycle, int first, int count) =>
        sql.Send(experiment.Id, "generate",
            string.Create(CultureInfo.InvariantCulture, $"generate:{CandidateIds.Of(experiment.Id, cycle.Number, first).Id}+{count}"),
            new GenerateCommand
            {
                Experiment = experiment.Id,
                Cycle = cycle.Number,
                FirstIndex = first,
                Count = count,
                AdapterDigest = cycle.Adapter,
                Sampling = experiment.Sampling(),
                Task = experiment.Task(),
                Limits = experiment.Limits(),
                Training = experiment.Training(),
                Admission = experiment.Admission(cycle.Threshold),
            });

    /// <summary>The message that a candidate's way through the services begins with.</summary>
    public static CandidateGenerated Generated(ExperimentRow experiment, CycleRow cycle, CandidateRow candidate) => new()
    {
        Candidate = CandidateIds.Of(experiment.Id, candidate.Cycle, candidate.Index),
        Source = candidate.Source ?? "",
        Origin = candidate.Origin,
        Task = experiment.Task(),
        Limits = experiment.Limits(),
        Training = experiment.Training(),
        Admission = experiment.Admission(cycle.Threshold),
    };

    /// <summary>Sends again what asks for the first answer that is missing.</summary>
    public static void SendAgain(this SqlSession sql, ExperimentRow experiment, CycleRow cycle, CandidateRow candidate)
    {
        var reference = CandidateIds.Of(experiment.Id, candidate.Cycle, candidate.Index);
        if (candidate.Origin is null || candidate.Source is null)
        {
            sql.SendGenerate(experiment, cycle, candidate.Index, 1);
        }
        else if (candidate.Validation is null)
        {
            sql.Send(experiment.Id, "candidate.generated", $"candidate.generated:{candidate.Id}", Generated(experiment, cycle, candidate));
        }
        else if (candidate.Training is null)
        {
            sql.Send(experiment.Id, "candidate.validated", $"candidate.validated:{candidate.Id}", new CandidateValidated
            {
                Candidate = reference,
                Source = candidate.Source,
                Outcome = candidate.Validation,
                Task = experiment.Task(),
                Limits = experiment.Limits(),
                Training = experiment.Training(),
                Admission = experiment.Admission(cycle.Threshold),
            });
        }
        else
        {
            sql.Send(experiment.Id, "candidate.trained", $"candidate.trained:{candidate.Id}", new CandidateTrained
            {
                Candidate = reference,
                Source = candidate.Source,
                Outcome = candidate.Training,
                Admission = experiment.Admission(cycle.Threshold),
            });
        }
    }

    public static void SendFineTune(this SqlSession sql, ExperimentRow experiment, CycleRow cycle) =>
        sql.Send(experiment.Id, "finetune",
            string.Create(CultureInfo.InvariantCulture, $"finetune:{experiment.Id}-c{cycle.Number:00}"),
            new FineTuneCommand
            {
                Experiment = experiment.Id,
                Cycle = cycle.Number,
                TrainingSetDigest = cycle.TrainingSet,
                StartAdapterDigest = experiment.Profile.FineTuning.StartFromPrevious ? experiment.Adapter : "",
                Settings = experiment.FineTuning(cycle.Number),
            });

    public static void SendRescore(this SqlSession sql, ExperimentRow experiment, CandidateRow candidate, ulong seed) =>
        sql.Send(experiment.Id, "rescore",
            string.Create(CultureInfo.InvariantCulture, $"rescore:{candidate.Id}:{seed}"),
            new RescoreCommand
            {
                Candidate = CandidateIds.Of(experiment.Id, candidate.Cycle, candidate.Index),
                Source = candidate.Source ?? "",
                Task = experiment.Task(),
                Limits = experiment.Limits(),
                Training = new TrainingSettings { Seed = seed, EvaluateOn = "test", Numerics = experiment.Profile.Task.Numerics },
            });
}
