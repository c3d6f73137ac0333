namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>What becomes of a delivery.</summary>
internal enum Verdict
{
    Acknowledge,
    Requeue,
    DeadLetter,
}
