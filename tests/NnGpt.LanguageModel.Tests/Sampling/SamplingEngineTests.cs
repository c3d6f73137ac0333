using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Sampling;

public sealed class SamplingEngineTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_FromManyThreadsWithOptionsOfTheirOwn_GivesWhatEachGivesAlone()
    {
        using SamplingEngine engine = Engine(4);
        (SamplingRequest Request, SamplingOptions Options)[] wanted = [.. Enumerable.Range(0, 20).Select(i => (
            new SamplingRequest([3, i % 3, 5], (ulong)i),
            new SamplingOptions { Temperature = 0.5 + (i % 4 * 0.25), TopK = i % 2 * 8, MaxNewTokens = 5 + (3 * (i % 7)), FrequencyPenalty = i % 5 == 0 ? 1 : 0 }))];
        using LlamaModel model = Model();

        Completion[] together = await Task.WhenAll(wanted.Select(one => Task.Run(() => engine.SampleAsync(one.Request, one.Options, null, Token))));

        foreach ((var one, Completion completion) in wanted.Zip(together))
        {
            Completion alone = model.Sample([one.Request], one.Options, null, Token)[0];
            Assert.Equal(alone.Tokens, completion.Tokens);
            Assert.Equal(alone.LogProbability, completion.LogProbability);
        }
        Assert.Equal(4, engine.LargestBatch);
    }

    [Fact]
    public async Task Sample_ThatStartsWhileAnotherRuns_JoinsIt()
    {
        using SamplingEngine engine = Engine(2);
        Signal halfway = new();
        SamplingOptions options = new() { MaxNewTokens = 60 };
        Task<Completion> first = engine.SampleAsync(new SamplingRequest([3], 1, halfway), options, null, Token);
        await halfway.Reached.Task.WaitAsync(Token);
        // The first waits in its guide until the second is on its way.
        Task<Completion> second = engine.SampleAsync(new SamplingRequest([3], 2), new SamplingOptions { MaxNewTokens = 3 }, null, Token);
        halfway.Go.SetResult();
        Assert.Equal(3, (await second).Tokens.Count);
        Assert.False(first.IsCompletedSuccessfully && engine.LargestBatch < 2);
        Assert.Equal(60, (await first).Tokens.Count);
        Assert.Equal(2, engine.LargestBatch);
    }

    [Fact]
    public async Task Sample_Cancelled_LeavesTheOthersAlone()
    {
        using SamplingEngine engine = Engine(2);
        using CancellationTokenSource source = new();
        Signal halfway = new();
        Task<Completion> cancelled = engine.SampleAsync(new SamplingRequest([3], 1, halfway), new SamplingOptions { MaxNewTokens = 60 }, null, source.Token);
        await halfway.Reached.Task.WaitAsync(Token);
        Task<Completion> other = engine.SampleAsync(new SamplingRequest([3], 2), new SamplingOptions { MaxNewTokens = 10 }, null, Token);
        await source.CancelAsync();
        halfway.Go.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(10, (await other).Tokens.Count);
    }

    [Fact]
    public async Task Sample_WithAFailingGuideOrAdapter_FailsAlone()
    {
        using SamplingEngine engine = Engine(4);
        LoraAdapter.Create(new LoraConfig { Rank = 2 }, Config() with { HiddenSize = 64 }, 1).Save(_directory);
        SamplingOptions options = new() { MaxNewTokens = 5 };
        Task<Completion> broken = engine.SampleAsync(new SamplingRequest([3], 1, new BrokenGuide()), options, null, Token);
        Task<Completion> foreign = engine.SampleAsync(new SamplingRequest([3], 1), options, _directory, Token);
        Task<Completion> missing = engine.SampleAsync(new SamplingRequest([3], 1), options, Path.Combine(_directory, "none"), Token);
        Task<Completion> good = engine.SampleAsync(new SamplingRequest([3], 1), options, null, Token);
        await Assert.ThrowsAsync<NotSupportedException>(() => broken);
        Assert.Contains("lora_A", (await Assert.ThrowsAsync<InvalidDataException>(() => foreign)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => missing);
        Assert.Equal(5, (await good).Tokens.Count);
        Assert.Throws<ArgumentException>(() => { _ = engine.SampleAsync(new SamplingRequest([.. Enumerable.Repeat(3, 64)], 1), options, null, Token); });
    }

    [Fact]
    public async Task Sample_OfDamagedWeights_SaysSo()
    {
        LlamaWeights weights = LlamaWeights.Initialize(Config(), 5);
        using (NoGrad.Enter())
        {
            weights["model.norm.weight"].FillInPlace(double.NaN);
        }
        using SamplingEngine engine = new(new LlamaModel(weights), new SamplingEngineOptions { Threads = 1 });
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => engine.SampleAsync(new SamplingRequest([3], 1), new SamplingOptions(), null, Token));
        Assert.Contains("largest logit is NaN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WithWorkLeft_FailsIt()
    {
        SamplingEngine engine = Engine(1);
        Signal halfway = new();
        Task<Completion> running = engine.SampleAsync(new SamplingRequest([3], 1, halfway), new SamplingOptions { MaxNewTokens = 60 }, null, Token);
        Task<Completion> waiting = engine.SampleAsync(new SamplingRequest([3], 2), new SamplingOptions { MaxNewTokens = 60 }, null, Token);
        await halfway.Reached.Task.WaitAsync(Token);
        Task end = Task.Run(engine.Dispose, Token);
        await Eventually(() => Assert.Throws<ObjectDisposedException>(() => { _ = engine.SampleAsync(new SamplingRequest([3], 2), new SamplingOptions(), null, Token); }));
        halfway.Go.SetResult();
        await end;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public void Sample_PromptsThatShareTheirBeginning_AreTheSameAsAlone()
    {
        using LlamaModel model = new(LlamaWeights.Initialize(Config() with { MaxPositionEmbeddings = 512 }, 5));
        int[] shared = [.. Enumerable.Range(0, 300).Select(i => i * 5 % 31)];
        SamplingRequest[] requests = [.. Enumerable.Range(0, 8).Select(i => new SamplingRequest(i % 2 == 0 ? shared : [.. shared.Take(200), i], (ulong)i))];
        SamplingOptions options = new() { Temperature = 1.2, MaxNewTokens = 40, BatchSize = 3 };
        IReadOnlyList<Completion> together = model.Sample(requests, options, null, Token);
        foreach ((SamplingRequest request, Completion completion) in requests.Zip(together))
        {
            Completion alone = model.Sample([request], options, null, Token)[0];
            Assert.Equal(alone.Tokens, completion.Tokens);
            Assert.Equal(alone.LogProbability, completion.LogProbability);
        }
    }

    [Fact]
    public void Admit_TheSamePromptAgain_ComputesItOnce()
    {
        using LlamaModel model = Model();
        using InferenceMode inference = new();
        using SequenceBatch batch = new(model.Graph, 4, 64);
        for (int i = 0; i < 4; i++)
            batch.Admit(i, new SamplingRequest([3, 4, 5, 6], (ulong)i), new SamplingOptions { MaxNewTokens = 4 });
        Assert.Equal((4, 12), batch.PromptTokens);
        Assert.Equal(0, batch.Free);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static SamplingEngine Engine(int batch) => new(Model(), new SamplingEngineOptions { BatchSize = batch, Threads = 1 });

    // Products of a few thousand numbers take another way through libtorch, which rounds differently for other batch sizes; a model's do not.
    private static LlamaConfig Config() => TinyModel.Config() with { VocabSize = 64, HiddenSize = 128, IntermediateSize = 256 };

    private static LlamaModel Model() => new(LlamaWeights.Initialize(Config(), 5));

    private static async Task Eventually(Action assertion)
    {
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Xunit.Sdk.XunitException)
            {
                await Task.Yield();
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class Signal : ICompletionGuide
    {
        private int _tokens;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new();

        public bool Allows(int token) => token != 2;

        public FinishReason? Accept(int token)
        {
            if (++_tokens == 10)
            {
                Reached.SetResult();
                Go.Task.Wait(Token);
            }
            return null;
        }
    }

    private sealed class BrokenGuide : ICompletionGuide
    {
        public bool Allows(int token) => throw new NotSupportedException();

        public FinishReason? Accept(int token) => null;
    }
}
