namespace NnGpt.Corpus.Chat;

/// <summary>Who speaks a chat message, by the names of Hugging Face's chat format.</summary>
public static class ChatRole
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
}
