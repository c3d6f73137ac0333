using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Sampling;

public sealed class LlamaModelTests
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Dtype.Float32)]
    [InlineData(Dtype.BFloat16)]
    public void Sample_Greedily_FollowsTheLogitsOfWholeSequences(Dtype dtype)
    {
        using LlamaModel model = Model(dtype);
        Completion completion = model.Sample([new SamplingRequest([3, 5, 7], 0), new SamplingRequest([3, 5, 9, 11], 0)], Greedy(20), null, s_token)[1];
        int[] sequence = [3, 5, 9, 11, .. completion.Tokens];
        float[] logits = model.Logits(sequence);
        int vocabulary = model.Config.VocabSize;
        for (int i = 3; i < sequence.Length - 1; i++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(i * vocabulary, vocabulary);
            float chosen = row[sequence[i + 1]];
            float best = System.Numerics.Tensors.TensorPrimitives.Max(row);
            // In bfloat16 the two ways round differently: the choice may be another of the very best.
            Assert.True(best - chosen <= (dtype == Dtype.Float32 ? 1e-4 : 0.1), $"token {i + 1} is {best - chosen} below the best");
        }
    }

    [Fact]
    public void Sample_InAnyBatchSizeAndOrder_GivesTheSameCompletions()
    {
        using LlamaModel model = Model(Dtype.BFloat16);
        SamplingRequest[] requests = [.. Enumerable.Range(0, 9).Select(i => new SamplingRequest([4, 4, i % 2], (ulong)i))];
        SamplingOptions options = new() { Temperature = 1, MaxNewTokens = 25, StopTokens = [2], BatchSize = 4 };
        IReadOnlyList<Completion> together = model.Sample(requests, options, null, s_token);
        options.BatchSize = 9;
        IReadOnlyList<Completion> reversed = model.Sample([.. requests.Reverse()], options, null, s_token);
        for (int i = 0; i < requests.Length; i++)
        {
            Completion alone = model.Sample([requests[i]], options, null, s_token)[0];
            Assert.Equal(alone.Tokens, together[i].Tokens);
            Assert.Equal(alone.Tokens, reversed[requests.Length - 1 - i].Tokens);
            Assert.Equal(alone.FinishReason, together[i].FinishReason);
        }
        Assert.True(together.Select(completion => string.Join(' ', completion.Tokens)).Distinct().Count() > 5);
    }

    [Fact]
    public void Sample_WithStopToken_LeavesItOut()
    {
        using LlamaModel model = Model(Dtype.Float32);
        SamplingOptions options = Greedy(30);
        int second = model.Sample([new SamplingRequest([3], 0)], options, null, s_token)[0].Tokens[1];
        options.StopTokens = [second];
        Completion completion = model.Sample([new SamplingRequest([3], 0)], options, null, s_token)[0];
        Assert.Equal(FinishReason.Stop, completion.FinishReason);
        Assert.DoesNotContain(second, completion.Tokens);
    }

    [Fact]
    public void Sample_WithTopKOfOne_IsGreedy()
    {
        using LlamaModel model = Model(Dtype.Float32);
        IReadOnlyList<int> greedy = model.Sample([new SamplingRequest([3], 0)], Greedy(15), null, s_token)[0].Tokens;
        SamplingOptions options = new() { Temperature = 1.5, TopK = 1, MaxNewTokens = 15 };
        Assert.Equal(greedy, model.Sample([new SamplingRequest([3], 77)], options, null, s_token)[0].Tokens);
        options = new SamplingOptions { Temperature = 1.5, TopP = 1e-6, MaxNewTokens = 15 };
        Assert.Equal(greedy, model.Sample([new SamplingRequest([3], 77)], options, null, s_token)[0].Tokens);
    }

    [Fact]
    public void Sample_Cancelled_Throws()
    {
        using LlamaModel model = Model(Dtype.Float32);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Sample([new SamplingRequest([3], 0)], Greedy(5), null, source.Token));
    }

    [Fact]
    public void Sample_WithALongPrompt_StopsAtTheContext()
    {
        using LlamaModel model = Model(Dtype.Float32);
        int[] prompt = [.. Enumerable.Repeat(3, 60)];
        Completion completion = model.Sample([new SamplingRequest(prompt, 0)], Greedy(30), null, s_token)[0];
        Assert.Equal(4, completion.Tokens.Count);
        Assert.Throws<ArgumentException>(() => model.Sample([new SamplingRequest([.. Enumerable.Repeat(3, 64)], 0)], Greedy(1), null, s_token));
    }

    [Fact]
    public void UseAdapter_OnALiveModel_ChangesItAndGoesBack()
    {
        using LlamaModel model = Model(Dtype.Float32);
        float[] before = model.Logits([3, 4, 5]);
        using LoraAdapter adapter = LoraAdapter.Create(new LoraConfig { Rank = 4 }, model.Config, 1);
        model.UseAdapter(adapter);
        Assert.Equal(before, model.Logits([3, 4, 5]));
        foreach (LoraPair pair in adapter.Pairs.Values)
        {
            pair.B.FillInPlace(0.05);
        }
        model.UseAdapter(adapter);
        Assert.NotEqual(before, model.Logits([3, 4, 5]));
        model.UseAdapter(null);
        Assert.Equal(before, model.Logits([3, 4, 5]));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 2)]
    public void DecodeAttention_Fused_EqualsPlainOperators(int heads, int keyHeads)
    {
        using var scope = new TensorScope();
        const int Size = 8;
        const int Capacity = 11;
        using Generator generator = new(3);
        Tensor qkv = Tensor.Randn([3, (heads + (2 * keyHeads)) * Size], generator);
        Tensor cos = Tensor.Randn([Capacity, Size / 2], generator);
        Tensor sin = Tensor.Randn([Capacity, Size / 2], generator);
        Tensor keys = Tensor.Randn([4, keyHeads, Size, Capacity], generator);
        Tensor values = Tensor.Randn([4, keyHeads, Capacity, Size], generator);
        Tensor plainKeys = keys.Clone();
        Tensor plainValues = values.Clone();
        Tensor slots = Tensor.FromArray([2L, 0L, 3L]);
        Tensor positions = Tensor.FromArray([0L, 10L, 5L]);
        Tensor fused = Operators.Get("nngpt::decode_attention").Call(qkv, cos, sin, keys, values, slots, positions);
        Tensor plain = CachedDecoder.PlainAttend(qkv, cos, sin, plainKeys, plainValues, slots, positions);
        Assert.True(fused.AllClose(plain, 1e-4, 1e-5));
        Assert.True(keys.AllClose(plainKeys, 1e-5, 1e-6));
        Assert.True(values.ValueEquals(plainValues));
    }

    private static LlamaModel Model(Dtype dtype) => new(LlamaWeights.Initialize(TinyModel.Config(), 5), dtype);

    private static SamplingOptions Greedy(int tokens) => new() { Temperature = 0, MaxNewTokens = tokens };
}
