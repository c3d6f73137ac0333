using NnGpt.Cli.Commands;
using NnGpt.Cli.Connection;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Corpora;

/// <summary>The networks that an experiment admitted, with the accuracy that admitted them.</summary>
internal sealed class AdmittedCandidates : IRecordSource
{
    private readonly CoordinatorConnection _connection;
    private readonly IReadOnlyList<Candidate> _candidates;
    private readonly TaskProfile? _task;
    private int _read;

    private AdmittedCandidates(CoordinatorConnection connection, IReadOnlyList<Candidate> candidates, TaskProfile? task) =>
        (_connection, _candidates, _task) = (connection, candidates, task);

    public SourceShape Shape => SourceShape.Lines;

    public double Progress => _candidates.Count == 0 ? 1 : (double)Volatile.Read(ref _read) / _candidates.Count;

    public static async Task<AdmittedCandidates> OpenAsync(CoordinatorConnection connection, string run, CancellationToken cancellationToken)
    {
        string id = await ExperimentId.ResolveAsync(connection, run, cancellationToken);
        var experiment = await connection.Experiments.GetAsync(
            new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        var candidates = await CandidatesCommand.ReadAllAsync(
            connection, new ListCandidatesRequest { Experiment = id, Cycle = -1, AdmittedOnly = true }, int.MaxValue, cancellationToken);
        return new AdmittedCandidates(connection, candidates, ExperimentProfile.Parse(experiment.Profile).Profile?.Task);
    }

    public IEnumerable<RecordReading> Read()
    {
        foreach (Candidate candidate in _candidates)
        {
            // The list comes without sources.
            Candidate full = _connection.Experiments.GetCandidate(new GetCandidateRequest { Id = candidate.Ref.Id }, deadline: CoordinatorConnection.Deadline);
            yield return RecordReading.Of(new CorpusRecord(candidate.Ref.Id, full.Source)
            {
                Results = candidate.Training is { Scored: true } training
                    ?
                    [
                        new TrainingResult(training.Accuracy)
                        {
                            Task = "img-classification",
                            DataSet = _task?.Dataset,
                            Epoch = 1,
                            Hyperparameters = new SortedDictionary<string, double>(_task?.Hyperparameters.ToDictionary() ?? [], StringComparer.Ordinal),
                        },
                    ]
                    : [],
            });
            Interlocked.Increment(ref _read);
        }
    }
}
