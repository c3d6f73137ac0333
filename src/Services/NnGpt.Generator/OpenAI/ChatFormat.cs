namespace NnGpt.Generator.OpenAI;

/// <summary>chat.completion and chat.completion.chunk.</summary>
internal sealed class ChatFormat : IAnswerFormat
{
    public string IdPrefix => "chatcmpl-";

    public string ObjectName => "chat.completion";

    public string ChunkObjectName => "chat.completion.chunk";

    public object Choice(ChoiceText choice) => new
    {
        choice.Index,
        Message = new { Role = "assistant", Content = choice.Text, Refusal = (string?)null },
        Logprobs = (object?)null,
        choice.FinishReason,
        choice.StopReason,
    };

    public object FirstChunkChoice(int index) => Chunk(index, new { Role = "assistant", Content = "" }, null, null);

    public object ChunkChoice(ChoicePiece piece) => piece.Reason is { } reason
        ? Chunk(piece.Index, new { }, ChoiceText.FinishReasonOf(reason), ChoiceText.StopReasonOf(reason))
        : Chunk(piece.Index, new { Content = piece.Text }, null, null);

    private static object Chunk(int index, object delta, string? finishReason, string? stopReason) =>
        new { Index = index, Delta = delta, Logprobs = (object?)null, FinishReason = finishReason, StopReason = stopReason };
}
