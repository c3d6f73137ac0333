using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Sampling;

public sealed class CompletionTextTests
{
    private static readonly Tokenizer s_tokenizer = new BpeTrainer(new BpeTrainerOptions { VocabularySize = 280 }).Train(["def f(x):\n    return x\n"]).Tokenizer;

    [Theory]
    [InlineData("one END two", "one ", true)]
    [InlineData("one EN two", "one EN two", false)]
    [InlineData("one ENEND", "one EN", true)]
    [InlineData("one EN", "one EN", false)]
    [InlineData("a###b END", "a", true)]
    public void Accept_StopString_EndsBeforeIt(string text, string expected, bool stopped)
    {
        List<string> pieces = [];
        CompletionText completion = new(s_tokenizer, ["END", "###"], pieces.Add);
        FinishReason? reason = null;
        foreach (int token in s_tokenizer.Encode(text))
        {
            reason = completion.Accept(token);
            Assert.DoesNotContain(pieces, static piece => piece.Contains('#'));
            if (reason is not null)
            {
                break;
            }
        }
        Assert.Equal(stopped, reason == FinishReason.Stop);
        Assert.Equal(expected, completion.Finish());
        Assert.Equal(expected, string.Concat(pieces));
    }

    [Fact]
    public void Accept_TokensInsideACharacter_WritesWholeCharactersOnly()
    {
        List<string> pieces = [];
        CompletionText completion = new(s_tokenizer, null, pieces.Add);
        int[] tokens = s_tokenizer.Encode("é€😀");
        Assert.True(tokens.Length > 3);
        foreach (int token in tokens)
        {
            Assert.Null(completion.Accept(token));
        }
        Assert.Equal("é€😀", completion.Finish());
        Assert.Equal(["é", "€", "😀"], pieces);
    }

    [Fact]
    public void Constructor_EmptyStopString_IsRefused() => Assert.Throws<ArgumentException>(() => new CompletionText(s_tokenizer, [""]));
}
