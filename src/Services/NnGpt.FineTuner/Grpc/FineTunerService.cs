using Grpc.Core;
using NnGpt.FineTuner.Tuning;
using NnGpt.Protocol.V1;

namespace NnGpt.FineTuner.Grpc;

/// <summary>Direct calls: a fine-tuning whose progress is streamed to the caller.</summary>
internal sealed class FineTunerService(FineTuneProcess process) : Protocol.V1.FineTuner.FineTunerBase
{
    public override async Task FineTune(FineTuneCommand request, IServerStreamWriter<FineTuneProgress> responseStream, ServerCallContext context)
    {
        if (request.Settings is null || request.TrainingSetDigest.Length == 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "settings and training_set_digest are required"));
        }

        try
        {
            var result = await process.RunAsync(request, progress => responseStream.WriteAsync(progress, context.CancellationToken), context.CancellationToken);
            await responseStream.WriteAsync(new FineTuneProgress { Step = result.Steps, Steps = result.Steps, Result = result }, context.CancellationToken);
        }
        catch (TrainingSetException failure)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, failure.Message));
        }
    }
}
