using System.Text;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Tokenization;

public sealed class TokenizerFormatTests
{
    // SentencePiece style, as in LLaMA 2: "▁" for spaces, bytes as a last resort.
    private const string SentencePiece = """
        {
          "added_tokens": [{"id": 1, "content": "<s>", "special": true, "normalized": false}],
          "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
          "pre_tokenizer": null,
          "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
          "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
            {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
          "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
            "vocab": {"<unk>": 0, "<s>": 1, "<0xC3>": 2, "<0xA9>": 3, "▁": 4, "a": 5, "b": 6, "▁a": 7, "ab": 8, "▁ab": 9},
            "merges": ["▁ a", "a b", "▁a b"]}
        }
        """;

    private static readonly Tokenizer s_sentencePiece = Tokenizer.Parse(Encoding.UTF8.GetBytes(SentencePiece));

    [Fact]
    public void Encode_SentencePieceStyle_PrependsMergesAndFallsBackToBytes()
    {
        Assert.Equal([1, 9, 4, 6, 2, 3, 0], s_sentencePiece.Encode("ab bé!", addSpecialTokens: true));
    }

    [Fact]
    public void Decode_SentencePieceStyle_StripsTheFirstSpace()
    {
        Assert.Equal("ab bé", s_sentencePiece.Decode([1, 9, 4, 6, 2, 3]));
    }

    [Fact]
    public void Decode_OfIdsWithoutAToken_LeavesThemOut()
    {
        Assert.Equal("ab bé", s_sentencePiece.Decode([1, 9, 500, 4, 6, 2, 3, 10]));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2000000000")]
    public void Parse_OfAnIdThatNoVocabularyHas_IsRefused(string id)
    {
        string json = SentencePiece.Replace("\"▁ab\": 9", $"\"▁ab\": 9, \"c\": {id}", StringComparison.Ordinal);
        Assert.Contains("the id of a token is outside", Assert.Throws<InvalidDataException>(() => Tokenizer.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "▁ab|▁b")]
    [InlineData(", \"add_prefix_space\": true", "▁ab|▁b")]
    [InlineData(", \"add_prefix_space\": false", "ab|▁b")]
    [InlineData(", \"prepend_scheme\": \"never\"", "ab|▁b")]
    public void Metaspace_WithoutAScheme_PrependsAlways(string options, string expected)
    {
        PreTokenizer splitter = PreTokenizer.Parse(System.Text.Json.JsonDocument.Parse($$"""{"type": "Metaspace", "replacement": "▁"{{options}}}""").RootElement);
        Assert.Equal(expected, string.Join('|', splitter.Split("ab b", atStart: false)));
    }

    [Fact]
    public void Parse_UnknownPreTokenizer_IsNamed()
    {
        string json = SentencePiece.Replace("\"pre_tokenizer\": null", "\"pre_tokenizer\": {\"type\": \"Whitespaces\"}", StringComparison.Ordinal);
        Assert.Contains("Whitespaces", Assert.Throws<InvalidDataException>(() => Tokenizer.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-b", "Isolated", "a|-|b")]
    [InlineData("a-b", "Removed", "a|b")]
    [InlineData("a--b", "MergedWithPrevious", "a-|-|b")]
    [InlineData("a--b", "MergedWithNext", "a|-|-b")]
    [InlineData("a--b", "Contiguous", "a|--|b")]
    public void Split_EachBehavior_CutsAsNamed(string text, string behavior, string expected)
    {
        SplitPreTokenizer splitter = new("-", Enum.Parse<SplitBehavior>(behavior), inverted: false);
        Assert.Equal(expected, string.Join('|', splitter.Split(text, atStart: true)));
    }
}
