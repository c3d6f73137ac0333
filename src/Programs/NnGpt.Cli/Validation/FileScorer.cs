using System.Runtime.CompilerServices;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Validation;

/// <summary>Has a pool train networks for an epoch, once with each seed, several at once; the outcomes come in the order of the networks.</summary>
internal sealed class FileScorer(WorkerPool pool)
{
    // Above the network's own limit: reading the data set, evaluation, and the worker's own answer when time is up.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(60);

    public async IAsyncEnumerable<(NamedSource Network, IReadOnlyList<TrainingOutcome> Outcomes)> ScoreAsync(
        IReadOnlyList<NamedSource> networks, TrainRequest template, int seeds, int parallel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<(NamedSource Network, Task<TrainingOutcome[]> Outcomes)> running = new();
        int next = 0;
        while (next < networks.Count || running.Count > 0)
        {
            while (next < networks.Count && running.Count < 2 * parallel)
            {
                var network = networks[next++];
                running.Enqueue((network, ScoreAsync(network, template, seeds, cancellationToken)));
            }

            var (first, outcomes) = running.Dequeue();
            yield return (first, await outcomes);
        }
    }

    private async Task<TrainingOutcome[]> ScoreAsync(NamedSource network, TrainRequest template, int seeds, CancellationToken cancellationToken)
    {
        var outcomes = new TrainingOutcome[seeds];
        for (int i = 0; i < seeds; i++)
        {
            var request = template.Clone();
            request.Source = network.Source;
            request.Training.Seed = template.Training.Seed + (ulong)i;
            var response = await pool.RunAsync(
                new WorkerRequest { Train = request }, TimeSpan.FromSeconds(template.Limits.TrainingSeconds) + s_grace, cancellationToken);
            outcomes[i] = response.Training;
        }

        return outcomes;
    }
}
