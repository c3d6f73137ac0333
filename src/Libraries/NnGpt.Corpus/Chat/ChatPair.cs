using System.Security.Cryptography;
using System.Text;

namespace NnGpt.Corpus.Chat;

/// <summary>A prompt and the network that answers it: one example of a training set.</summary>
/// <param name="System">The system message; empty when there is none.</param>
/// <param name="User">The user message.</param>
/// <param name="Assistant">The answer: Python source, bare or in a code block.</param>
public sealed record ChatPair(string System, string User, string Assistant)
{
    /// <summary>SHA-256, in lower-case hex, of the pair's JSON line: equal pairs have equal ids.</summary>
    public string Id { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(ChatJsonl.Format(System, User, Assistant))));

    /// <summary>The messages in order.</summary>
    public IReadOnlyList<ChatMessage> Messages => System.Length == 0
        ? [new(ChatRole.User, User), new(ChatRole.Assistant, Assistant)]
        : [new(ChatRole.System, System), new(ChatRole.User, User), new(ChatRole.Assistant, Assistant)];
}
