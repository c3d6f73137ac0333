namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Handles what no handler could: exactly one service registers one, by <c>AddDeadLetterQueue</c>.</summary>
public interface IDeadLetterHandler
{
    /// <summary>Acknowledged when this returns; an exception brings the letter back after a pause, without limit.</summary>
    Task HandleAsync(DeadLetter letter, MessageContext context, CancellationToken cancellationToken);
}
