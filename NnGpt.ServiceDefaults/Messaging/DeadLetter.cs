using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>A message that its queue gave up on.</summary>
/// <param name="Queue">Queue it died on, e.g. "validator".</param>
/// <param name="Reason">The broker's word: "delivery_limit", "rejected", "expired", "maxlen".</param>
/// <param name="Type">Full name of the message, e.g. "nngpt.v1.CandidateGenerated"; may be foreign.</param>
/// <param name="Body">The bytes as published.</param>
public sealed record DeadLetter(string Queue, string Reason, string Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>The message, when it is of the asked type and can be read.</summary>
    public bool TryParse<T>([NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>, new()
    {
        message = null;
        var candidate = new T();
        if (candidate.Descriptor.FullName != Type)
            return false;
        try
        {
            candidate.MergeFrom(Body.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
        message = candidate;
        return true;
    }
}
