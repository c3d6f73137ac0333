using Grpc.Core;
using NnGpt.Protocol.V1;

namespace NnGpt.ServiceDefaults.Tests.Grpc;

/// <summary>Services that do what the request says.</summary>
internal static class ScriptedServices
{
    internal sealed class Observed
    {
        public TaskCompletionSource StreamCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource CallCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Attempts;
    }

    internal sealed class ValidatorService(Observed observed) : Validator.ValidatorBase
    {
        public override async Task<ValidationOutcome> Validate(ValidateRequest request, ServerCallContext context)
        {
            switch (request.Source)
            {
                case "throw":
                    throw new InvalidOperationException("a secret of the service");
                case "unavailable twice":
                    if (Interlocked.Increment(ref observed.Attempts) <= 2)
                        throw new RpcException(new Status(StatusCode.Unavailable, "not yet"));
                    break;
                case "wait":
                    await using (context.CancellationToken.Register(observed.CallCancelled.SetResult))
                        await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    break;
            }
            return new ValidationOutcome { Valid = true, Parameters = request.Source.Length };
        }
    }

    internal sealed class GeneratorService(Observed observed) : Generator.GeneratorBase
    {
        public override async Task Generate(GenerateRequest request, IServerStreamWriter<GeneratedText> responseStream, ServerCallContext context)
        {
            for (int i = 0; i < request.Count; i++)
                await responseStream.WriteAsync(new GeneratedText { Index = i, Text = request.Prompt }, context.CancellationToken);
            if (request.Prompt != "for ever")
                return;
            await using (context.CancellationToken.Register(observed.StreamCancelled.SetResult))
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
    }
}
