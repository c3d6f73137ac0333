using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Validator;

/// <summary>The verdict on a source text, from a sandboxed worker.</summary>
internal sealed class CandidateValidation(WorkerPool pool)
{
    // Above the candidate's own limit: the worker answers by itself unless it hangs.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    public async Task<ValidationOutcome> ValidateAsync(ValidateRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Source))
        {
            return new ValidationOutcome { Reason = RejectionReason.Empty };
        }

        var deadline = TimeSpan.FromSeconds(request.Limits.ValidationSeconds) + s_grace;
        var response = await pool.RunAsync(new WorkerRequest { Validate = request }, deadline, cancellationToken);
        return response.Validation;
    }
}
