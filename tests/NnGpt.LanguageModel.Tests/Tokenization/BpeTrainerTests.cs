using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Tokenization;

public sealed class BpeTrainerTests
{
    private static readonly string[] s_sources = Sources(300);
    private static readonly TrainedTokenizer s_trained = new BpeTrainer(new BpeTrainerOptions { VocabularySize = 1024 }).Train(s_sources);

    [Fact]
    public void Train_SampledSources_RoundTripsAndStaysShort()
    {
        int tokens = 0;
        foreach (string source in s_sources)
        {
            int[] ids = s_trained.Tokenizer.Encode(source);
            Assert.Equal(source, s_trained.Tokenizer.Decode(ids));
            tokens += ids.Length;
        }

        Assert.InRange(tokens / s_sources.Length, 250, 480);
    }

    [Fact]
    public void Encode_AnyText_RoundTrips()
    {
        RandomSource random = new(11);
        for (int round = 0; round < 500; round++)
        {
            string text = RandomText(random, random.Below(40));
            Assert.Equal(text, s_trained.Tokenizer.Decode(s_trained.Tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void Append_TokenByToken_NeverBreaksACharacter()
    {
        RandomSource random = new(12);
        for (int round = 0; round < 200; round++)
        {
            string text = RandomText(random, random.Below(30));
            TokenStream stream = s_trained.Tokenizer.CreateStream();
            List<string> pieces = [.. s_trained.Tokenizer.Encode(text).Select(stream.Append)];
            Assert.Equal("", stream.Flush());
            Assert.All(pieces, piece => Assert.DoesNotContain('\uFFFD', piece));
            Assert.All(pieces, piece => Assert.False(piece.Length > 0 && char.IsHighSurrogate(piece[^1])));
            Assert.Equal(text, string.Concat(pieces));
        }
    }

    [Fact]
    public void Flush_InsideACharacter_GivesTheReplacementCharacter()
    {
        int[] ids = s_trained.Tokenizer.Encode("é");
        Assert.True(ids.Length > 1);
        TokenStream stream = s_trained.Tokenizer.CreateStream();
        Assert.Equal("", stream.Append(ids[0]));
        Assert.Equal("\uFFFD", stream.Flush());
    }

    [Fact]
    public void Train_NamesAndWidths_AreSingleTokens()
    {
        foreach (string piece in new[] { "self", ".Conv2d", ".conv1", " out_shape", " inputs", " 64", "\n        " })
        {
            Assert.Single(s_trained.Tokenizer.Encode(piece));
        }
    }

    [Fact]
    public void Train_Twice_GivesTheSameTokenizer()
    {
        TrainedTokenizer again = new BpeTrainer(new BpeTrainerOptions { VocabularySize = 1024 }).Train(s_sources);
        for (int id = 0; id < again.Tokenizer.VocabularySize; id++)
        {
            Assert.Equal(s_trained.Tokenizer.TokenOf(id), again.Tokenizer.TokenOf(id));
        }
    }

    [Fact]
    public void Save_ThenLoad_EncodesTheSame()
    {
        string directory = Directory.CreateTempSubdirectory("nngpt-tokenizer").FullName;
        try
        {
            s_trained.Save(directory);
            ChatEncoder loaded = ChatEncoder.Load(directory);
            ChatPair pair = new("You design.", "cifar10", s_sources[0]);
            EncodedExample expected = s_trained.ChatEncoder.Encode(pair);
            EncodedExample actual = loaded.Encode(pair);
            Assert.Equal(expected.Ids, actual.Ids);
            Assert.Equal(expected.PromptLength, actual.PromptLength);
            Assert.Equal(loaded.EncodePrompt(pair.Messages.SkipLast(1)), actual.Ids[..actual.PromptLength]);
            Assert.Equal(loaded.Tokenizer.IdOf("<|begin|>"), actual.Ids[0]);
            Assert.Equal(loaded.Tokenizer.IdOf("<|end|>"), actual.Ids[^1]);
            Assert.Equal(s_sources[0], loaded.Tokenizer.Decode(actual.Ids.AsSpan(actual.PromptLength)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string[] Sources(int count)
    {
        ArchitectureSampler sampler = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next().Source)];
    }

    private static string RandomText(RandomSource random, int length)
    {
        System.Text.StringBuilder text = new();
        for (int i = 0; i < length; i++)
        {
            int value = random.Below(5) switch
            {
                0 => random.Between(' ', '~'),
                1 => random.Pick('\n', '\t', ' ', '\r', '\0'),
                2 => random.Between(0xA0, 0x7FF),
                3 => random.Between(0x800, 0xD7FF),
                _ => random.Between(0x10000, 0x10FFFF),
            };
            text.Append(new System.Text.Rune(value));
        }

        return text.ToString();
    }
}
