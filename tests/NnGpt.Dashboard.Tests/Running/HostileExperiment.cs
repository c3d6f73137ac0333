using Google.Protobuf.WellKnownTypes;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Tests.Running;

/// <summary>What a language model could write to attack the page that shows it.</summary>
internal static class HostileExperiment
{
    /// <summary>Would set window.attacked if it ever became markup.</summary>
    public const string Markup = "</script><script>window.attacked=1</script><img src=x onerror=\"window.attacked=1\">";

    public const string Id = "evil-1";

    public static readonly string CandidateId = $"{Id}{Markup}-c00-000";

    public const string AdapterDigest = "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly Timestamp s_created = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static Experiment Create()
    {
        var experiment = new Experiment
        {
            Id = Id,
            Name = Markup,
            Profile = $"name: {Markup}\nstopping:\n  enabled: false\n",
            State = ExperimentState.Completed,
            Message = Markup,
            CyclesPlanned = 1,
            Created = s_created,
            Ended = s_created,
            Seed = 7,
        };
        experiment.Cycles.Add(new Cycle
        {
            Number = 0,
            Stage = CycleStage.Closed,
            Requested = 2,
            Generated = 2,
            Validated = 2,
            Valid = 1,
            Scored = 1,
            Finished = 2,
            AccuracyThreshold = 0.2,
            AboveThreshold = 1,
            Novel = 1,
            Admitted = 1,
            BestAccuracy = 0.5,
            MedianAccuracy = 0.5,
            BestCandidate = CandidateId,
            NextAdapterDigest = AdapterDigest,
            ValidRate = new Interval { Value = 0.5, Low = 0.1, High = 0.9, N = 2 },
            MeanAccuracy = new Interval { Value = 0.5, Low = 0.5, High = 0.5, N = 1 },
            FineTuningLosses = { 2, 1 },
            Rejections = { { Markup, 1 } },
        });
        experiment.Best.Add(Candidates()[0]);
        return experiment;
    }

    public static IReadOnlyList<Candidate> Candidates() =>
    [
        new Candidate
        {
            Ref = new CandidateRef { Experiment = Id, Cycle = 0, Index = 0, Id = CandidateId },
            Source = $"class Net: # {Markup}\n    x = '{Markup}'\n",
            Status = "judged",
            TraceId = "00112233445566778899aabbccddeeff",
            Created = s_created,
            Finished = s_created,
            Origin = new Origin { Model = Markup, Seed = 1, CompletionTokens = 10, FinishReason = Markup },
            Validation = new ValidationOutcome { Valid = true, Parameters = 10, Macs = 100, Graph = Graph() },
            Training = new TrainingOutcome { Scored = true, Accuracy = 0.5, Losses = { 2, 1 } },
            Novelty = new NoveltyOutcome { Novel = true, AboveThreshold = true, Admitted = true, JTrain = 0.3, NearestTrain = Markup },
        },
        new Candidate
        {
            Ref = new CandidateRef { Experiment = Id, Cycle = 0, Index = 1, Id = $"{Id}-c00-001" },
            Source = $"{Markup}\nsecond line\n",
            Status = "rejected",
            TraceId = "10112233445566778899aabbccddeeff",
            Created = s_created,
            Finished = s_created,
            Validation = new ValidationOutcome { Reason = RejectionReason.Syntax, Error = new CodeError { Type = "SyntaxError", Message = Markup, Line = 2 } },
        },
    ];

    /// <summary>A message that died.</summary>
    public static CandidateGenerated Letter() => new()
    {
        Candidate = new CandidateRef { Experiment = Id, Cycle = 0, Index = 1, Id = $"{Id}-c00-001" },
        Source = $"{Markup}\n",
    };

    private static ComputationGraph Graph() => new()
    {
        Nodes =
        {
            new GraphNode { Id = 0, Op = "input", OutputShape = { 1, 28, 28 } },
            new GraphNode { Id = 1, Op = Markup, Inputs = { new GraphInput { Node = 0 } }, OutputShape = { 10 }, ModulePath = Markup, ModuleClass = Markup, Parameters = 10, Macs = 100 },
        },
        Output = 1,
        Operators = 1,
    };
}
