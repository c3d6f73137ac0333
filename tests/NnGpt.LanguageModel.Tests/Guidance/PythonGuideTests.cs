using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Guidance;

public sealed class PythonGuideTests
{
    private static readonly string s_network = new ArchitectureSampler(5).Next().Source;
    private static readonly TrainedTokenizer s_trained = new BpeTrainer(new BpeTrainerOptions { VocabularySize = 300 }).Train([s_network]);
    private static readonly Tokenizer s_tokenizer = s_trained.Tokenizer;
    private static readonly int s_end = s_tokenizer.IdOf("<|end|>")!.Value;

    [Theory]
    [InlineData("", "")]
    [InlineData("```python\n", "```")]
    [InlineData("```\n", "```")]
    public void Accept_ANetwork_GoesThroughAndMayEndOnlyWhenWhole(string before, string after)
    {
        PythonGuide guide = new(s_tokenizer, contract: true);
        FinishReason? reason = null;
        foreach (int token in s_tokenizer.Encode(before + s_network + after))
        {
            Assert.Null(reason);
            Assert.False(guide.Allows(s_end) && !guide.Allows(token));
            Assert.True(guide.Allows(token));
            reason = guide.Accept(token);
        }
        Assert.Equal(after.Length > 0 ? FinishReason.Stop : null, reason);
        Assert.True(guide.Allows(s_end));
    }

    [Fact]
    public void Allows_EndWithoutTheContract_Refused()
    {
        PythonGuide contract = Fed("import torch\n", contract: true);
        Assert.False(contract.Allows(s_end));
        Assert.Equal(1, contract.Refused);
        Assert.True(Fed("import torch\n", contract: false).Allows(s_end));
        Assert.False(Fed("import torch, \n", contract: false, legal: false).Allows(s_end));
    }

    [Fact]
    public void Accept_NetEndsWithoutItsMethods_IsAbandoned()
    {
        PythonGuide guide = new(s_tokenizer, contract: true);
        FinishReason? reason = null;
        foreach (int token in s_tokenizer.Encode("class Net(nn.Module):\n    x = 1\ny = 2\n").TakeWhile(_ => reason is null))
        {
            reason = guide.Accept(token);
        }
        Assert.Equal(FinishReason.Abandoned, reason);
    }

    [Fact]
    public void Sample_AnUntrainedModel_WritesBeginningsOfModulesOnly()
    {
        LlamaConfig config = TinyModel.Config() with { VocabSize = s_tokenizer.VocabularySize, MaxPositionEmbeddings = 200 };
        using LlamaModel model = new(LlamaWeights.Initialize(config, 5));
        SamplingOptions options = new() { Temperature = 1, MaxNewTokens = 150, StopTokens = [s_end] };
        PythonGuide[] guides = [.. Enumerable.Range(0, 6).Select(_ => new PythonGuide(s_tokenizer, contract: false))];
        IReadOnlyList<Completion> completions = model.Sample(
            [.. guides.Select((guide, i) => new SamplingRequest([1], (ulong)i, guide))], options, null, TestContext.Current.CancellationToken);
        foreach (Completion completion in completions)
        {
            Answer answer = new();
            Assert.All(completion.Tokens, token => Assert.True(s_tokenizer.IsSpecial(token) || answer.Append(s_tokenizer.BytesOf(token))));
            Assert.True(completion.FinishReason != FinishReason.Stop || answer.MayEnd(contract: false));
        }
        Assert.Contains(guides, static guide => guide.Refused > 0);
    }

    private static PythonGuide Fed(string text, bool contract, bool legal = true)
    {
        PythonGuide guide = new(s_tokenizer, contract);
        bool taken = s_tokenizer.Encode(text).All(token => guide.Allows(token) && guide.Accept(token) is null);
        Assert.Equal(legal, taken);
        return guide;
    }
}
