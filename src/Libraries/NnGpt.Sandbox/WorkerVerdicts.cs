using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox;

/// <summary>The answer to a request whose worker gave none.</summary>
internal static class WorkerVerdicts
{
    public static WorkerResponse Of(WorkerRequest request, RejectionReason reason, string message)
    {
        var error = new CodeError
        {
            // As Python names what happened, where it has a name for it.
            Type = reason switch
            {
                RejectionReason.Time => "TimeoutError",
                RejectionReason.Memory => "MemoryError",
                _ => "SystemError",
            },
            Message = message,
        };
        var response = new WorkerResponse { Id = request.Id };
        if (request.WorkCase == WorkerRequest.WorkOneofCase.Train)
        {
            response.Training = new TrainingOutcome { Reason = reason, Error = error };
        }
        else
        {
            response.Validation = new ValidationOutcome { Reason = reason, Error = error };
        }
        return response;
    }
}
