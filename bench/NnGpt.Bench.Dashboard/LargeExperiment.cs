using Google.Protobuf.WellKnownTypes;
using NnGpt.Protocol.V1;

namespace NnGpt.Bench.Dashboard;

/// <summary>An experiment with many candidates; the same at every run.</summary>
internal static class LargeExperiment
{
    private const int Cycles = 20;

    public static (Experiment Experiment, IReadOnlyList<Candidate> Candidates) Create(int count)
    {
        var random = new Random(1);
        var created = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var experiment = new Experiment { Id = "large-1", Name = "large", Profile = "name: large\n", State = ExperimentState.Completed, CyclesPlanned = Cycles, Created = created, Ended = created };
        var candidates = new List<Candidate>(count);
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            int size = count / Cycles;
            experiment.Cycles.Add(new Cycle { Number = cycle, Stage = CycleStage.Closed, Requested = size, Generated = size, Finished = size, Valid = size / 2, Scored = size / 2, MeanAccuracy = new Interval { Value = 0.5, Low = 0.4, High = 0.6, N = size / 2 } });
            for (int index = 0; index < size; index++)
                candidates.Add(Candidate(random, experiment.Id, cycle, index, created));
        }
        return (experiment, candidates);
    }

    private static Candidate Candidate(Random random, string experiment, int cycle, int index, Timestamp created)
    {
        var candidate = new Candidate
        {
            Ref = new CandidateRef { Experiment = experiment, Cycle = cycle, Index = index, Id = $"{experiment}-c{cycle:00}-{index:000}" },
            Created = created,
            Finished = created,
            Origin = new Origin { Model = "nngpt-small", CompletionTokens = random.Next(200, 1000), Seconds = random.NextDouble() },
        };
        if (random.Next(2) == 0)
        {
            candidate.Status = "rejected";
            candidate.Validation = new ValidationOutcome
            {
                Reason = (RejectionReason)random.Next(1, 15),
                Error = new CodeError { Type = "RuntimeError", Message = $"mat1 and mat2 shapes cannot be multiplied ({random.Next(64)}x{random.Next(4096)} and {random.Next(4096)}x10)", Line = random.Next(1, 80) },
            };
            return candidate;
        }
        bool admitted = random.Next(4) == 0;
        candidate.Status = "judged";
        candidate.Validation = new ValidationOutcome { Valid = true, Parameters = random.Next(1_000, 500_000), Macs = random.Next(100_000, 30_000_000), Times = new ValidationTimes { Total = random.Next(5, 50) } };
        candidate.Training = new TrainingOutcome { Scored = true, Accuracy = random.NextDouble(), TrainSeconds = random.NextDouble() * 20, EvaluateSeconds = random.NextDouble() };
        candidate.Novelty = new NoveltyOutcome { Novel = admitted, AboveThreshold = admitted, Admitted = admitted, JTrain = random.NextDouble(), JGenerated = random.NextDouble() };
        return candidate;
    }
}
