using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

/// <summary>One experiment's index as a replica of the service sees it.</summary>
internal sealed class TestIndex(IConnectionMultiplexer connection, string experiment)
{
    private readonly RedisNoveltyIndex _index = new(connection, TimeSpan.FromHours(1));
    private string _epoch = "";

    public string Experiment => experiment;

    public static NoveltySettings Settings { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An index with these documents of the corpus.</summary>
    public static async Task<TestIndex> CreateAsync(IConnectionMultiplexer connection, params (string Id, string Source)[] corpus)
    {
        var index = new TestIndex(connection, $"test-{Guid.NewGuid():N}");
        Assert.False((await index.OpenAsync()).IsComplete);
        foreach (var (id, source) in corpus)
            Assert.Equal(AddOutcome.Added, await index.AddAsync(id, source));
        Assert.True(await index.CompleteAsync());
        return index;
    }

    public async Task<IndexOpening> OpenAsync()
    {
        var opening = await _index.OpenAsync(experiment, Token);
        _epoch = opening.Epoch;
        return opening;
    }

    public Task<AddOutcome> AddAsync(string id, string source, DocumentKind kind = DocumentKind.Corpus, int cycle = 0) =>
        _index.AddAsync(experiment, _epoch, new IndexedDocument(kind, id, source, cycle), Settings, Token);

    public Task<bool> CompleteAsync() => _index.CompleteAsync(experiment, _epoch, Token);

    public async Task<NoveltyVerdict> AdmitAsync(string id, string source, bool mayAdmit = true, int cycle = 0, NoveltySettings? settings = null)
    {
        var verdict = await _index.AdmitIfNovelAsync(experiment, id, cycle, source, mayAdmit, settings ?? Settings, Token);
        Assert.NotNull(verdict);
        return verdict;
    }

    public Task<NoveltyVerdict?> QueryAsync(string source) => _index.QueryAsync(experiment, source, Settings, Token);

    public Task<NoveltyIndexStats> GetStatsAsync() => _index.GetStatsAsync(experiment, Token);
}
