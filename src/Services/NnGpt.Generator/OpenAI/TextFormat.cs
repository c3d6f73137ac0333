namespace NnGpt.Generator.OpenAI;

/// <summary>text_completion, streamed or not.</summary>
internal sealed class TextFormat : IAnswerFormat
{
    public string IdPrefix => "cmpl-";

    public string ObjectName => "text_completion";

    public string ChunkObjectName => "text_completion";

    public object Choice(ChoiceText choice) => Of(choice.Index, choice.Text, choice.FinishReason, choice.StopReason);

    public object? FirstChunkChoice(int index) => null;

    public object ChunkChoice(ChoicePiece piece) => Of(
        piece.Index,
        piece.Text,
        piece.Reason is { } ended ? ChoiceText.FinishReasonOf(ended) : null,
        piece.Reason is { } reason ? ChoiceText.StopReasonOf(reason) : null);

    private static object Of(int index, string text, string? finishReason, string? stopReason) =>
        new { Text = text, Index = index, Logprobs = (object?)null, FinishReason = finishReason, StopReason = stopReason };
}
