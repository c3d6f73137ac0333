namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>A queue at a moment.</summary>
/// <param name="Name">Of the queue.</param>
/// <param name="Ready">Messages that wait for a consumer; those that are being worked on are not counted.</param>
/// <param name="Consumers">Who takes from it.</param>
/// <param name="IsDeadLetters">Whether messages end here that could not be processed.</param>
public sealed record QueueDepth(string Name, uint Ready, uint Consumers, bool IsDeadLetters);
