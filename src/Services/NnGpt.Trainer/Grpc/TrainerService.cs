using Grpc.Core;
using NnGpt.Data;
using NnGpt.Protocol.V1;

namespace NnGpt.Trainer.Grpc;

/// <summary>Direct calls: the score of one source text.</summary>
internal sealed class TrainerService(CandidateTraining training) : Protocol.V1.Trainer.TrainerBase
{
    private const int MaxSourceCharacters = 1024 * 1024;

    public override Task<TrainingOutcome> Train(TrainRequest request, ServerCallContext context)
    {
        if (request.Source.Length > MaxSourceCharacters)
        {
            throw Invalid($"source has {request.Source.Length} characters; at most {MaxSourceCharacters} are taken");
        }

        if (DatasetCatalog.Find(request.Task?.Dataset ?? "") is null)
        {
            throw Invalid($"task.dataset '{request.Task?.Dataset}' is unknown; there are: {string.Join(", ", DatasetCatalog.All.Select(set => set.Name))}");
        }

        if (request.Limits is not { TrainingSeconds: > 0 and <= 86_400 })
        {
            throw Invalid("limits.training_seconds must be above 0 and at most 86400");
        }

        if (request.Training is null)
        {
            throw Invalid("training is missing");
        }

        return training.TrainAsync(request, context.CancellationToken);
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
