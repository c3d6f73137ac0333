using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Tokenization;

/// <summary>Small tokenizer.json files built as those of LLaMA 3, CodeLlama and DeepSeek-Coder are.</summary>
public sealed class FamilyTokenizerTests
{
    private const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Tokenizer s_llama3 = Llama3();
    private static readonly Tokenizer s_codeLlama = CodeLlama("null");

    [Fact]
    public void Encode_Llama3Style_SplitsByThePatternAndTakesWholeWordsFirst()
    {
        // "Ġworld" is in the vocabulary, without merges that lead to it.
        Assert.Equal(["h", "el", "l", "o", "Ġworld"], Tokens(s_llama3, "hello world"));
        Assert.Equal(["1", "2", "3", "4"], Tokens(s_llama3, "1234"));
        Assert.Equal(["Ġ", "Ġ", "Ġworld", "'", "S", "Ċ", "Ċ"], Tokens(s_llama3, "   world'S\n\n"));
    }

    [Fact]
    public void Encode_Llama3Style_AddsItsBeginningOnlyWhenAsked()
    {
        int begin = s_llama3.IdOf("<|begin_of_text|>")!.Value;
        Assert.Equal([begin, .. s_llama3.Encode("hello")], s_llama3.Encode("hello", addSpecialTokens: true));
        Assert.DoesNotContain(begin, s_llama3.Encode("hello"));
        // In the text itself it is the token too.
        Assert.Equal([begin, s_llama3.IdOf("h")!.Value], s_llama3.Encode("<|begin_of_text|>h"));
    }

    [Fact]
    public void Encode_CodeLlamaStyle_PrependsASpaceToEachTextAndFallsBackToBytes()
    {
        Assert.Equal(["▁de", "f", "▁", "▁", "f"], Tokens(s_codeLlama, "def  f"));
        Assert.Equal(["▁", "<0xF0>", "<0x9F>", "<0x99>", "<0x82>"], Tokens(s_codeLlama, "🙂"));
        Assert.Equal(["<s>", "▁de", "f", "</s>", "▁", "f"], Tokens(s_codeLlama, "<s>def</s>f"));
        Assert.Equal(["<s>", "▁", "f"], Tokens(s_codeLlama, "f", special: true));
    }

    [Fact]
    public void Encode_WithMetaspaceFirst_PrependsToTheBeginningOnly()
    {
        Tokenizer tokenizer = CodeLlama("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}""");
        Assert.Equal(["▁de", "f", "</s>", "f", "▁", "f"], Tokens(tokenizer, "def</s>f f"));
        Assert.Equal(["<s>", "de", "f"], Tokens(tokenizer, "<s>def"));
    }

    [Theory]
    [InlineData("def f")]
    [InlineData(" two  spaces ")]
    [InlineData("🙂 né 中文\n\ttab")]
    [InlineData("")]
    public void Decode_OfWhatWasEncoded_IsTheText(string text)
    {
        Assert.Equal(text, s_llama3.Decode(s_llama3.Encode(text)));
        Assert.Equal(text, s_codeLlama.Decode(s_codeLlama.Encode(text)));
    }

    [Fact]
    public void Stream_OfAnyTokens_NeverBreaksACharacter()
    {
        foreach (Tokenizer tokenizer in new[] { s_llama3, s_codeLlama })
        {
            Random random = new(5);
            for (int round = 0; round < 200; round++)
            {
                // Random tokens, among them pieces of characters, and whole texts between.
                int[] ids = [.. Enumerable.Range(0, 30).SelectMany(_ => random.Next(3) == 0 ? tokenizer.Encode("é🙂中") : [random.Next(tokenizer.VocabularySize)])];
                TokenStream stream = tokenizer.CreateStream();
                string[] pieces = [.. ids.Select(stream.Append), stream.Flush()];
                Assert.Equal(tokenizer.Decode(ids), string.Concat(pieces));
                Assert.All(pieces, piece => Assert.False(
                    (piece.Length > 0 && char.IsLowSurrogate(piece[0])) || (piece.Length > 0 && char.IsHighSurrogate(piece[^1])), "half a character"));
            }
        }
    }

    [Fact]
    public void Stream_OfOneCharacterInFourTokens_GivesItWithTheLast()
    {
        TokenStream stream = s_codeLlama.CreateStream();
        Assert.Equal(["", "", "", "", "🙂"], s_codeLlama.Encode("🙂").Select(stream.Append));
    }

    [Fact]
    public void Parse_OfDamagedFiles_SaysWhatIsWrong()
    {
        string directory = Directory.CreateTempSubdirectory("nngpt-").FullName;
        try
        {
            string path = Path.Combine(directory, "tokenizer.json");
            foreach (string json in new[] { "{", "[]", "{}", """{"model": {"type": "Unigram"}}""", """{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}""", """{"model": {"type": "BPE", "vocab": {"a": "x"}, "merges": []}}""" })
            {
                File.WriteAllText(path, json);
                Assert.Throws<InvalidDataException>(() => Tokenizer.Load(path));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string[] Tokens(Tokenizer tokenizer, string text, bool special = false) => [.. tokenizer.Encode(text, special).Select(id => tokenizer.TokenOf(id) ?? "")];

    private static Tokenizer Llama3()
    {
        JsonObject vocabulary = [];
        for (int value = 0; value < 256; value++)
        {
            vocabulary[ByteAlphabet.CharacterOf((byte)value).ToString()] = value;
        }
        vocabulary["el"] = 256;
        vocabulary["Ġworld"] = 257;
        JsonObject json = new()
        {
            ["added_tokens"] = new JsonArray(new JsonObject { ["id"] = 258, ["content"] = "<|begin_of_text|>", ["special"] = true, ["normalized"] = false }),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse($$$"""
                {"type": "Sequence", "pretokenizers": [
                  {"type": "Split", "pattern": {"Regex": {{{JsonSerializer.Serialize(Llama3Pattern)}}}}, "behavior": "Isolated", "invert": false},
                  {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}
                """),
            ["post_processor"] = JsonNode.Parse("""
                {"type": "Sequence", "processors": [{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true},
                  {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|begin_of_text|>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                   "special_tokens": {"<|begin_of_text|>": {"id": "<|begin_of_text|>", "ids": [258], "tokens": ["<|begin_of_text|>"]}}}]}
                """),
            ["decoder"] = JsonNode.Parse("""{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}"""),
            ["model"] = new JsonObject { ["type"] = "BPE", ["ignore_merges"] = true, ["vocab"] = vocabulary, ["merges"] = new JsonArray(new JsonArray("e", "l")) },
        };
        return Tokenizer.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    // Old files have a normalizer and no pre-tokenizer, newer ones Metaspace and no normalizer.
    private static Tokenizer CodeLlama(string preTokenizer)
    {
        JsonObject vocabulary = new() { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2 };
        for (int value = 0; value < 256; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = 3 + value;
        }
        foreach ((int index, string token) in new[] { "▁", "d", "e", "f", "de", "▁de", " " }.Index())
        {
            vocabulary[token] = 259 + index;
        }
        string normalizer = preTokenizer == "null"
            ? """{"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}"""
            : "null";
        string json = $$$$"""
            {"added_tokens": [{"id": 0, "content": "<unk>", "special": true}, {"id": 1, "content": "<s>", "special": true}, {"id": 2, "content": "</s>", "special": true}],
             "normalizer": {{{{normalizer}}}}, "pre_tokenizer": {{{{preTokenizer}}}},
             "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
               {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true, "vocab": {{{{vocabulary.ToJsonString()}}}},
               "merges": ["d e", "▁ de"]}}
            """;
        return Tokenizer.Parse(Encoding.UTF8.GetBytes(json));
    }
}
