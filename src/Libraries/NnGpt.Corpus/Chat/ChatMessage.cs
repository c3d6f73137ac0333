namespace NnGpt.Corpus.Chat;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">One of the names in <see cref="ChatRole"/>.</param>
/// <param name="Content">The text.</param>
public sealed record ChatMessage(string Role, string Content);
