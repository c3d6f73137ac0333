using Google.Protobuf;
using NnGpt.Coordinator.Cycles;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Tests.Running;

/// <summary>
/// All the services behind a bus in memory. Messages wait until they are delivered one by one: in order, or by a
/// seeded generator in any order, some of them twice or never. It outlives a crash of the Coordinator, as the broker does.
/// </summary>
internal sealed class FakePipeline(int? seed = null, double lose = 0, double repeat = 0) : IMessageBus
{
    private readonly Random? _random = seed is { } s ? new Random(s) : null;
    private readonly List<IMessage> _waiting = [];

    /// <summary>Called before and after the bus takes a message; may throw, as a crash would.</summary>
    public Action<int, bool>? OnPublish { get; set; }

    /// <summary>Messages that are swallowed.</summary>
    public Func<IMessage, bool> Swallow { get; set; } = _ => false;

    public int Published { get; private set; }

    public List<GenerateCommand> Generates { get; } = [];

    public List<FineTuneCommand> FineTunes { get; } = [];

    public List<RescoreCommand> Rescores { get; } = [];

    public bool IsIdle => _waiting.Count == 0;

    public string? FineTuningError { get; set; }

    public Task PublishAsync<T>(string routingKey, T message, string messageId, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        int number = Published++;
        OnPublish?.Invoke(number, false);
        Put(message);
        OnPublish?.Invoke(number, true);
        return Task.CompletedTask;
    }

    /// <summary>Delivers one waiting message to the service it is for, or to the Coordinator.</summary>
    public async Task DeliverAsync(ExperimentEngine engine)
    {
        int index = _random?.Next(_waiting.Count) ?? 0;
        var message = _waiting[index];
        if (!(_random?.NextDouble() < repeat))
            _waiting.RemoveAt(index);
        if (_random?.NextDouble() < lose || Swallow(message))
            return;
        switch (message)
        {
            case GenerateCommand m:
                Generates.Add(m);
                for (int i = 0; i < m.Count; i++)
                    Put(Generated(m, m.FirstIndex + i));
                break;
            // A topic exchange: the next service and the Coordinator get a copy each.
            case CandidateGenerated m:
                Put(Validated(m));
                Put(new Copy(m));
                break;
            case CandidateValidated m:
                if (m.Outcome.Valid)
                    Put(Trained(m));
                Put(new Copy(m));
                break;
            case CandidateTrained m:
                if (m.Outcome.Scored)
                    Put(Judged(m));
                Put(new Copy(m));
                break;
            case FineTuneCommand m:
                FineTunes.Add(m);
                Put(Tuned(m));
                break;
            case RescoreCommand m:
                Rescores.Add(m);
                Put(Rescored(m));
                break;
            case Copy { Message: CandidateGenerated m }: await engine.ApplyAsync(m, default); break;
            case Copy { Message: CandidateValidated m }: await engine.ApplyAsync(m, default); break;
            case Copy { Message: CandidateTrained m }: await engine.ApplyAsync(m, default); break;
            case CandidateJudged m: await engine.ApplyAsync(m, default); break;
            case CandidateRescored m: await engine.ApplyAsync(m, default); break;
            case AdapterReady m: await engine.ApplyAsync(m, default); break;
            default: throw new InvalidOperationException(message.GetType().Name);
        }
    }

    private void Put(IMessage message) => _waiting.Add(message);

    private static CandidateGenerated Generated(GenerateCommand command, int index)
    {
        var candidate = CandidateIds.Of(command.Experiment, command.Cycle, index);
        return new CandidateGenerated
        {
            Candidate = candidate,
            Source = Fate.SourceOf(candidate.Id),
            Origin = new Origin { Model = "fake", AdapterDigest = command.AdapterDigest },
            Admission = command.Admission,
        };
    }

    private static CandidateValidated Validated(CandidateGenerated m)
    {
        var fate = Fate.Of(m.Candidate.Id);
        return new CandidateValidated
        {
            Candidate = m.Candidate,
            Source = fate.Valid ? m.Source : "",
            Outcome = new ValidationOutcome { Valid = fate.Valid, Parameters = fate.Parameters, Reason = fate.Valid ? default : RejectionReason.Shape, Graph = fate.Valid ? FakeGraph.Of(m.Candidate.Index) : null },
            Admission = m.Admission,
        };
    }

    private static CandidateTrained Trained(CandidateValidated m)
    {
        var fate = Fate.Of(m.Candidate.Id);
        return new CandidateTrained
        {
            Candidate = m.Candidate,
            Source = fate.Scored ? m.Source : "",
            Outcome = new TrainingOutcome { Scored = fate.Scored, Accuracy = fate.Scored ? fate.Accuracy : 0, Reason = fate.Scored ? default : RejectionReason.NonFinite },
            Admission = m.Admission,
        };
    }

    private static CandidateJudged Judged(CandidateTrained m)
    {
        var fate = Fate.Of(m.Candidate.Id);
        bool above = fate.Accuracy >= m.Admission.AccuracyThreshold;
        return new CandidateJudged
        {
            Candidate = m.Candidate,
            Outcome = new NoveltyOutcome { Novel = fate.Novel, AboveThreshold = above, Admitted = above && fate.Novel, JTrain = 0.5, JGenerated = 0.25 },
        };
    }

    private AdapterReady Tuned(FineTuneCommand m)
    {
        var ready = new AdapterReady { Experiment = m.Experiment, Cycle = m.Cycle, Error = FineTuningError ?? "" };
        if (FineTuningError is null)
        {
            ready.AdapterDigest = $"sha256:adapter-{m.Cycle}";
            ready.Losses.Add([1.5, 0.5]);
        }
        return ready;
    }

    private static CandidateRescored Rescored(RescoreCommand m) => new()
    {
        Candidate = m.Candidate,
        Seed = m.Training.Seed,
        Outcome = new TrainingOutcome { Scored = true, Accuracy = 0.5, EvaluatedOn = m.Training.EvaluateOn },
    };

    /// <summary>The Coordinator's own copy of a message.</summary>
    private sealed record Copy(IMessage Message) : IMessage
    {
        public Google.Protobuf.Reflection.MessageDescriptor Descriptor => Message.Descriptor;
        public int CalculateSize() => Message.CalculateSize();
        public void MergeFrom(CodedInputStream input) => Message.MergeFrom(input);
        public void WriteTo(CodedOutputStream output) => Message.WriteTo(output);
    }
}
