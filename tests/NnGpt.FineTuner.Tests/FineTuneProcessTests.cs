using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using NnGpt.FineTuner.Tuning;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.FineTuner.Tests;

/// <summary>The embedded model, fine-tuned for two steps, with artifacts in memory.</summary>
public sealed class FineTuneProcessTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("nngpt-finetuner-").FullName;
    private readonly MemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task Run_TheSameCommandAgain_IsAnsweredFromTheCacheAndElseGivesTheSameAdapter()
    {
        var command = Command(Pairs(4));
        AdapterReady first, cached, again;
        using (var process = Create(out var tuner))
        using (tuner)
        {
            first = await process.RunAsync(command, _ => Task.CompletedTask, Token);
            _store.Puts = 0;
            cached = await process.RunAsync(command, _ => throw new InvalidOperationException("trained again"), Token);
            Assert.Equal(0, _store.Puts);

            Directory.Delete(Path.Combine(_cache, "results"), recursive: true);
            again = await process.RunAsync(command, _ => Task.CompletedTask, Token);
        }

        Assert.Equal(first, cached);
        Assert.Equal(first.AdapterDigest, again.AdapterDigest);
        Assert.Equal(4, first.Pairs);
        Assert.Equal(2, first.Losses.Count);
        Assert.True(first.Losses[1] < first.Losses[0]);
        Assert.True(_store.ByDigest.ContainsKey(first.AdapterDigest));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_cache, "work")));
    }

    [Fact]
    public async Task Run_OneAfterAnother_GivesTheMemoryBack()
    {
        const int Runs = 4, Megabyte = 1 << 20;
        using var process = Create(out var tuner);
        using (tuner)
        {
            List<long> sizes = [Environment.WorkingSet / Megabyte];
            for (int i = 0; i < Runs; i++)
            {
                var command = Command(Pairs(8, lines: 30));
                command.Cycle = i;
                await process.RunAsync(command, _ => Task.CompletedTask, Token);
                sizes.Add(Environment.WorkingSet / Megabyte);
            }

            Assert.True(sizes[^1] - sizes[0] < 200, $"megabytes before and after each run: {string.Join(", ", sizes)}");
        }
    }

    [Fact]
    public async Task Run_FromAStartAdapter_GoesOnFromIt()
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var fresh = await process.RunAsync(Command(Pairs(4)), _ => Task.CompletedTask, Token);
            var next = Command(Pairs(4));
            next.StartAdapterDigest = fresh.AdapterDigest;

            var further = await process.RunAsync(next, _ => Task.CompletedTask, Token);

            Assert.NotEqual(fresh.AdapterDigest, further.AdapterDigest);
            Assert.True(further.Losses[0] < fresh.Losses[0]);
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("no json\n", "cannot be read")]
    public async Task Run_TrainingSetAtFault_SaysWhy(string content, string reason)
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var failure = await Assert.ThrowsAsync<TrainingSetException>(
                () => process.RunAsync(Command(content), _ => Task.CompletedTask, Token));

            Assert.Contains(reason, failure.Message);
        }
    }

    [Fact]
    public async Task Run_SettingOutOfRange_SaysWhich()
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var command = Command(Pairs(2));
            command.Settings.TargetModules.Add("lm_head");

            var failure = await Assert.ThrowsAsync<TrainingSetException>(() => process.RunAsync(command, _ => Task.CompletedTask, Token));

            Assert.Contains("lm_head", failure.Message);
        }
    }

    [Fact]
    public async Task Run_WithLayersAndAnOptimizer_AdaptsThoseThatTheModelHas()
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var command = Command(Pairs(4));
            command.Settings.LayersToTransform.Add([1, 3, 99]);
            command.Settings.Optimizer = "paged_adamw_8bit";

            var result = await process.RunAsync(command, _ => Task.CompletedTask, Token);

            string adapter = System.Text.Encoding.Latin1.GetString(_store.ByDigest[result.AdapterDigest]);
            string[] layers = [.. System.Text.RegularExpressions.Regex.Matches(adapter, @"model\.layers\.(\d+)\.self_attn\.q_proj\.lora_A").Select(match => match.Groups[1].Value)];
            Assert.Equal(["1", "3"], layers);
        }
    }

    [Theory]
    [InlineData("sgd", 0, "no optimizer 'sgd'")]
    [InlineData("adamw", 6, "none of the model's layers 0 to 5")]
    public async Task Run_WithAnUnknownOptimizerOrLayer_SaysWhich(string optimizer, int layer, string reason)
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var command = Command(Pairs(2));
            command.Settings.Optimizer = optimizer;
            command.Settings.LayersToTransform.Add(layer);

            var failure = await Assert.ThrowsAsync<TrainingSetException>(() => process.RunAsync(command, _ => Task.CompletedTask, Token));

            Assert.Contains(reason, failure.Message);
            Assert.Empty(Directory.GetDirectories(Path.Combine(_cache, "work")));
        }
    }

    [Fact]
    public async Task Run_CutShort_GoesOnFromItsCheckpoint()
    {
        using var process = Create(out var tuner);
        using (tuner)
        {
            var command = Command(Pairs(4));
            _store.Added = () => throw new OperationCanceledException();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.RunAsync(command, _ => Task.CompletedTask, Token));
            string work = Assert.Single(Directory.GetDirectories(Path.Combine(_cache, "work")));
            Assert.NotEmpty(Directory.GetFiles(work));
            _store.Added = null;

            var result = await process.RunAsync(command, _ => Task.CompletedTask, Token);

            Assert.Equal(4, result.Pairs);
            Assert.Empty(Directory.GetDirectories(Path.Combine(_cache, "work")));
        }
    }

    private static string Pairs(int count, int lines = 1) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $$"""{"messages":[{"role":"user","content":"Design."},{"role":"assistant","content":"{{string.Concat(Enumerable.Repeat($"self.fc{i} = nn.Linear({i}, 10)\\n", lines))}}"}]}""" + "\n"));

    private FineTuneCommand Command(string trainingSet) => new()
    {
        Experiment = "e",
        Cycle = 1,
        TrainingSetDigest = _store.Add(System.Text.Encoding.UTF8.GetBytes(trainingSet)),
        Settings = new FineTuningSettings
        {
            Rank = 2,
            Alpha = 4,
            LearningRate = 1e-2,
            Epochs = 2,
            BatchSize = 4,
            Accumulation = 1,
            MaxGradNorm = 1,
            MaskPrompt = true,
            Seed = 3,
        },
    };

    private FineTuneProcess Create(out LoraTuner tuner)
    {
        var options = Options.Create(new FineTunerOptions
        {
            ModelDirectory = Path.Combine(AppContext.BaseDirectory, "model"),
            CacheDirectory = _cache,
            Threads = 1,
        });
        tuner = new LoraTuner(options, TimeProvider.System);
        return new FineTuneProcess(tuner, new ArtifactClient(new StoreClient(_store), TimeProvider.System), options, TimeProvider.System);
    }

    private sealed class MemoryStore
    {
        public Dictionary<string, byte[]> ByDigest { get; } = [];

        public int Puts { get; set; }

        public Action? Added { get; set; }

        public string Add(byte[] content)
        {
            Puts++;
            Added?.Invoke();
            string digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
            ByDigest[digest] = content;
            return digest;
        }
    }

    private sealed class StoreClient(MemoryStore store) : Artifacts.ArtifactsClient
    {
        public override AsyncServerStreamingCall<ArtifactChunk> Get(
            GetArtifactRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            new(new Chunks(store.ByDigest[request.Digest]), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        public override AsyncClientStreamingCall<PutArtifactRequest, ArtifactInfo> Put(
            Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
        {
            var upload = new Upload(store);
            return new(upload, upload.Result.Task, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }
    }

    private sealed class Chunks(byte[] content) : IAsyncStreamReader<ArtifactChunk>
    {
        private bool _read;

        public ArtifactChunk Current { get; } = new() { Chunk = ByteString.CopyFrom(content) };

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(!_read && (_read = true));
    }

    private sealed class Upload(MemoryStore store) : IClientStreamWriter<PutArtifactRequest>
    {
        private readonly List<byte> _content = [];

        public TaskCompletionSource<ArtifactInfo> Result { get; } = new();

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(PutArtifactRequest message)
        {
            _content.AddRange(message.Chunk.Span);
            return Task.CompletedTask;
        }

        public Task WriteAsync(PutArtifactRequest message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task CompleteAsync()
        {
            Result.SetResult(new ArtifactInfo { Digest = store.Add([.. _content]), Bytes = _content.Count });
            return Task.CompletedTask;
        }
    }
}
