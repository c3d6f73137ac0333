using NnGpt.LanguageModel.Llama;

namespace NnGpt.LanguageModel.Tests;

internal static class TinyModel
{
    public static LlamaConfig Config() => new()
    {
        VocabSize = 31,
        HiddenSize = 32,
        IntermediateSize = 48,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        MaxPositionEmbeddings = 64,
        TieWordEmbeddings = true,
        InitializerRange = 0.2,
        EosTokenId = 2,
    };
}
