using NnGpt.Candidates.Execution;

namespace NnGpt.Candidates.Dispatch;

/// <summary>
/// Refuses single tensors above the limit where their size is known before an operator is called. What operators
/// allocate themselves is bounded by <see cref="NnGpt.Torch.MemoryLimit"/>.
/// </summary>
internal static class AllocationGuard
{
    public static void CheckCount(CandidateSession session, double count)
    {
        if (count > session.Limits.MaxTensorElements)
        {
            throw new CandidateLimitException(RejectionReason.Memory, "MemoryError",
                $"a tensor of {count:0} elements exceeds the limit of {session.Limits.MaxTensorElements}");
        }
    }

    public static void CheckShape(CandidateSession session, ReadOnlySpan<long> shape)
    {
        var product = 1.0;
        foreach (var size in shape)
            product *= Math.Max(1, size);
        CheckCount(session, product);
    }
}
