using Grpc.Core;
using NnGpt.Data;
using NnGpt.Protocol.V1;

namespace NnGpt.Validator.Grpc;

/// <summary>Direct calls: the verdict on one source text.</summary>
internal sealed class ValidatorService(CandidateValidation validation) : Protocol.V1.Validator.ValidatorBase
{
    private const int MaxSourceCharacters = 1024 * 1024;

    public override Task<ValidationOutcome> Validate(ValidateRequest request, ServerCallContext context)
    {
        if (request.Source.Length > MaxSourceCharacters)
        {
            throw Invalid($"source has {request.Source.Length} characters; at most {MaxSourceCharacters} are taken");
        }

        if (request.Limits is not { ValidationSeconds: > 0 and <= 3600 })
        {
            throw Invalid("limits.validation_seconds must be above 0 and at most 3600");
        }

        if (request.Contract is null && DatasetCatalog.Find(request.Task?.Dataset ?? "") is null)
        {
            throw Invalid($"task.dataset '{request.Task?.Dataset}' is unknown, and no contract is given");
        }

        return validation.ValidateAsync(request, context.CancellationToken);
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
