using System.Text.Json;
using NnGpt.Corpus.Chat;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Tokenization;

/// <summary>Against ids that Hugging Face's tokenizers gave for DeepSeek-Coder's tokenizer.json.</summary>
public sealed class DeepSeekTokenizerTests
{
    private static readonly string s_directory = Path.Combine(Environment.GetEnvironmentVariable("NNGPT_DATA") ?? "", "deepseek-coder-tokenizer");

    [Fact]
    public void Encode_ReferenceTexts_GivesHuggingFacesIds()
    {
        SkipWhenAbsent();
        Tokenizer tokenizer = Tokenizer.Load(s_directory);
        int texts = 0;
        foreach (string line in File.ReadLines(Path.Combine(s_directory, "reference_ids.jsonl")))
        {
            using JsonDocument reference = JsonDocument.Parse(line);
            string text = reference.RootElement.GetProperty("text").GetString()!;
            int[] expected = [.. reference.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            Assert.Equal(expected, tokenizer.Encode(text));
            texts++;
        }

        Assert.Equal(23, texts);
    }

    [Fact]
    public void Encode_WithSpecialTokens_PutsThemAround()
    {
        SkipWhenAbsent();
        Assert.Equal([32013, 17535, 11, 1835, 0, 32021], Tokenizer.Load(s_directory).Encode("Hello, world!", addSpecialTokens: true));
    }

    [Fact]
    public void Render_DeepSeekTemplate_FollowsItsJinja()
    {
        SkipWhenAbsent();
        string text = ChatTemplate.Load(s_directory).Render(new ChatPair("S.", "Do.", "Done.").Messages, addGenerationPrompt: true);
        Assert.Equal("<｜begin▁of▁sentence｜>S.### Instruction:\nDo.\n### Response:\nDone.\n<|EOT|>\n### Response:\n", text);
    }

    private static void SkipWhenAbsent() =>
        Assert.SkipUnless(File.Exists(Path.Combine(s_directory, "tokenizer.json")), "NNGPT_DATA has no deepseek-coder-tokenizer");
}
