using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Trainer;

/// <summary>One epoch and the held-out accuracy of a source text, from a sandboxed worker.</summary>
internal sealed class CandidateTraining(WorkerPool pool)
{
    // Above the candidate's own limit: reading the data set, evaluation, and the worker's own answer when time is up.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    public async Task<TrainingOutcome> TrainAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Source))
        {
            return new TrainingOutcome { Reason = RejectionReason.Empty };
        }

        var deadline = TimeSpan.FromSeconds(request.Limits.TrainingSeconds) + s_grace;
        var response = await pool.RunAsync(new WorkerRequest { Train = request }, deadline, cancellationToken);
        return response.Training;
    }
}
