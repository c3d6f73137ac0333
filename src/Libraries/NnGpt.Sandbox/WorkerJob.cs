using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox;

/// <summary>A request that waits for a worker or is at work.</summary>
internal sealed record WorkerJob(WorkerRequest Request, TimeSpan Deadline, CancellationToken CancellationToken)
{
    /// <summary>Whether it was given back once because its worker was gone before it could begin.</summary>
    public bool GivenBack { get; set; }

    public TaskCompletionSource<WorkerResponse> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
