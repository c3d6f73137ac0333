namespace NnGpt.Generator.OpenAI;

/// <summary>The bodies of one of the two completion calls.</summary>
internal interface IAnswerFormat
{
    /// <summary>Start of the answer's id.</summary>
    string IdPrefix { get; }

    string ObjectName { get; }

    string ChunkObjectName { get; }

    object Choice(ChoiceText choice);

    /// <summary>What a stream says of each choice before its text; null for nothing.</summary>
    object? FirstChunkChoice(int index);

    object ChunkChoice(ChoicePiece piece);
}
