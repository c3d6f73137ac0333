using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NnGpt.Generator.Adapters;
using NnGpt.Generator.Embedded;
using NnGpt.Generator.OpenAI;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;
using NnGpt.Torch;

namespace NnGpt.Generator.Tests;

/// <summary>The embedded model behind the OpenAI API on a port of its own, without a broker.</summary>
internal sealed class ServedGenerator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedGenerator(WebApplication app, string cache)
    {
        (_app, Cache) = (app, cache);
        Client = new HttpClient { BaseAddress = new Uri(BaseUrl + "/") };
    }

    public static string ModelDirectory => Path.Combine(AppContext.BaseDirectory, "model");

    /// <summary>Name of the served model.</summary>
    public const string ModelName = "model";

    public string Cache { get; }

    public HttpClient Client { get; }

    public string BaseUrl => $"{_app.Urls.First()}/v1";

    public EmbeddedModel Model => _app.Services.GetRequiredService<EmbeddedModel>();

    public EmbeddedDesigner Designer => (EmbeddedDesigner)_app.Services.GetRequiredService<Designers.IDesigner>();

    public static async Task<ServedGenerator> StartAsync(Action<GeneratorOptions>? change = null)
    {
        string cache = Directory.CreateTempSubdirectory("nngpt-generator-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ArtifactClient(new Artifacts.ArtifactsClient(new EmptyStore()), TimeProvider.System));
        builder.Services.AddSingleton<AdapterCache>();
        builder.Services.AddEmbeddedDesigner();
        builder.Services.Configure<GeneratorOptions>(options =>
        {
            (options.ModelDirectory, options.CacheDirectory, options.Threads, options.AllowRuntimeAdapters) = (ModelDirectory, cache, 1, true);
            change?.Invoke(options);
        });
        var app = builder.Build();
        app.MapOpenAI();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ServedGenerator(app, cache);
    }

    /// <summary>A PEFT folder that moves every projection (a fresh adapter changes nothing).</summary>
    public static void SaveAdapter(string directory, int rank = 2)
    {
        using var scope = new TensorScope();
        using var adapter = LoraAdapter.Create(new LoraConfig { Rank = rank, Alpha = 4 * rank }, LlamaConfig.Load(ModelDirectory), seed: 1);
        using (NoGrad.Enter())
        {
            foreach (var pair in adapter.Pairs.Values)
                Operators.Get("fill_", "Scalar").Call(pair.B, 0.5);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        adapter.Save(directory);
    }

    /// <summary>Puts an adapter into the cache, as if it had been fetched; its digest.</summary>
    public string AddAdapter(char digit = 'a')
    {
        string digest = string.Create(CultureInfo.InvariantCulture, $"sha256:{new string(digit, 64)}");
        SaveAdapter(Path.Combine(Cache, "adapters", ArtifactClient.FileName(digest)));
        return digest;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(Cache, recursive: true);
    }

    // An artifact store that has nothing.
    private sealed class EmptyStore : CallInvoker
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw NotFound();

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw NotFound();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw NotFound();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw NotFound();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw NotFound();

        private static RpcException NotFound() => new(new Status(StatusCode.NotFound, "no such artifact"));
    }
}
