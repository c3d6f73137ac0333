using NnGpt.LanguageModel.Llama;

namespace NnGpt.Bench.LanguageModels;

/// <summary>Sizes of a decoder, in the order in which the servers read them.</summary>
internal sealed record ModelShape(string Name, int Vocabulary, int Width, int Layers, int Heads, int FeedForward, int Rows, int Length)
{
    public static readonly ModelShape[] All =
    [
        new("embedded, 2.9 M", 1024, 192, 6, 6, 512, 8, 380),
        new("dim 256, 5.3 M", 2048, 256, 6, 8, 704, 4, 512),
    ];

    public LlamaConfig Config => new()
    {
        VocabSize = Vocabulary,
        HiddenSize = Width,
        IntermediateSize = FeedForward,
        NumHiddenLayers = Layers,
        NumAttentionHeads = Heads,
        MaxPositionEmbeddings = 2048,
        TieWordEmbeddings = true,
    };

    public override string ToString() => $"{Vocabulary} {Width} {Layers} {Heads} {FeedForward}";

    public static ModelShape Parse(ReadOnlySpan<int> sizes) => new("", sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], 0, 0);
}
