using System.Diagnostics;
using NnGpt.Novelty;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Redis;
using NnGpt.Novelty.Shingles;
using NnGpt.Testing.Infrastructure;
using StackExchange.Redis;

namespace NnGpt.Bench.Novelty;

/// <summary>
/// A Redis of its own on loopback, filled with synthetic documents of 1000 shingles; then candidates, one in five a
/// near-duplicate of something in it, are judged and admitted by 1, 4 and 16 callers.
/// </summary>
internal static class RedisBench
{
    private const int Shingles = 1000;
    private const int Common = 300;
    private const int Calls = 3000;
    private const int FirstCandidate = 1_000_000_000;
    private const int Real = 1000;
    private const string Experiment = "bench";
    private static readonly NoveltySettings s_settings = new();
    private static readonly MinHashSignature s_boilerplate = SignedDocument.Hasher(s_settings.Permutations).Sign(Boilerplate());

    public static async Task RunAsync(int[] sizes)
    {
        Console.WriteLine("| documents | callers | calls/s | p50 ms | p99 ms | script alone, ms | memory a document |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},allowAdmin=true,asyncTimeout=60000");
        var index = new RedisNoveltyIndex(connection, TimeSpan.FromHours(1));
        string epoch = (await index.OpenAsync(Experiment, CancellationToken.None)).Epoch;
        await index.CompleteAsync(Experiment, epoch, CancellationToken.None);
        long empty = await MemoryAsync(connection);
        int filled = 0, candidate = 0;
        await ConfigureAsync(connection, "auto-aof-rewrite-percentage", "0");
        foreach (int size in sizes.Order())
        {
            // The measured calls are synced one by one, as the AppHost's Redis does; the filling is not.
            await ConfigureAsync(connection, "appendfsync", "no");
            await FillAsync(connection, index, epoch, filled, size);
            await ConfigureAsync(connection, "appendfsync", "always");
            filled = size;
            double perDocument = (double)(await MemoryAsync(connection) - empty) / (size + candidate);
            foreach (int callers in new[] { 1, 4, 16 })
            {
                int first = candidate;
                candidate += Calls;
                var (seconds, latencies) = await JudgeAsync(index, first, callers);
                Console.WriteLine(
                    $"| {size:N0} | {callers} | {Calls / seconds:N0} | {Percentile(latencies, 0.5):0.00} | {Percentile(latencies, 0.99):0.00} | {await ScriptAsync(index, connection):0.00} | {perDocument / 1024:0.0} KB |");
            }
        }
    }

    private static async Task FillAsync(IConnectionMultiplexer connection, RedisNoveltyIndex index, string epoch, int from, int to)
    {
        for (int i = from; i < Math.Min(to, Real); i++)
            await index.AddAsync(Experiment, epoch, new IndexedDocument(DocumentKind.Corpus, $"base-{i:0000000}", ""), Document(i, 0), s_settings, CancellationToken.None);

        // How fast documents go in is not what is measured: what add.lua leaves behind is written by the batch.
        const int Batch = 500;
        var (database, keys) = (connection.GetDatabase(), new IndexKeys(Experiment).All);
        var boilerplate = IndexEntry.Create(DocumentKind.Corpus, 0, "", new SignedDocument(ShingleSet.FromBytes([]), s_boilerplate), s_settings);
        var shared = boilerplate.NearBuckets.Concat(boilerplate.FarBuckets).ToHashSet();
        for (int start = Math.Max(from, Real); start < to; start += Batch)
        {
            int count = Math.Min(Batch, to - start);
            uint first = (uint)await database.HashIncrementAsync(keys[0], "documents", count) - (uint)count;
            List<HashEntry> records = [], names = [], shingles = [], buckets = [];
            for (int i = 0; i < count; i++)
            {
                string id = $"base-{start + i:0000000}";
                var entry = IndexEntry.Create(DocumentKind.Corpus, 0, id, Filler(start + i), s_settings);
                byte[] number = BitConverter.GetBytes(first + (uint)i + 1);
                names.Add(new(IndexEntry.Name(DocumentKind.Corpus, id), number));
                records.Add(new(number, entry.Record));
                shingles.Add(new(number, entry.Shingles));

                // Made of random minima, the other buckets hold this document alone; those of the boilerplate hold what the first documents left.
                buckets.AddRange(entry.NearBuckets.Concat(entry.FarBuckets).Where(bucket => !shared.Contains(bucket)).Select(bucket => new HashEntry(bucket, number)));
            }
            await Task.WhenAll(
                database.HashSetAsync(keys[1], [.. records]), database.HashSetAsync(keys[2], [.. names]), database.HashSetAsync(keys[3], [.. shingles]),
                database.HashSetAsync(keys[4], [.. buckets]), database.HashIncrementAsync(keys[0], "corpus", count));
        }
    }

    private static async Task<(double Seconds, double[] Latencies)> JudgeAsync(RedisNoveltyIndex index, int first, int callers)
    {
        // Signed before: the index is measured, not the signing (see the other table).
        var candidates = Enumerable.Range(first, Calls).Select(c => Candidate(c)).ToArray();
        double[] latencies = new double[Calls];
        int next = -1;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < Calls)
            {
                long begin = Stopwatch.GetTimestamp();
                var verdict = await index.JudgeAsync(Experiment, $"candidate-{first + i}", 0, candidates[i], true, s_settings, CancellationToken.None);
                latencies[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                bool isCopy = (first + i) % 5 == 0;
                if (verdict is null || verdict.Admitted == isCopy)
                    throw new InvalidOperationException($"Candidate {first + i}: {verdict}");
            }
        })));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, latencies);
    }

    // What the server itself spends on a query, by its own clock, which runs on while it is preempted: the median of 40 batches.
    private static async Task<double> ScriptAsync(RedisNoveltyIndex index, IConnectionMultiplexer connection)
    {
        const int Batches = 40, Queries = 5;
        double[] times = new double[Batches];
        for (int batch = 0; batch < Batches; batch++)
        {
            var candidates = Enumerable.Range(batch * Queries, Queries).Select(Candidate).ToArray();
            await connection.GetDatabase().ExecuteAsync("CONFIG", "RESETSTAT");
            foreach (var candidate in candidates)
                await index.JudgeAsync(Experiment, "", -1, candidate, false, s_settings, CancellationToken.None);
            times[batch] = await TimeOfScriptAsync(connection);
        }
        return Percentile(times, 0.5);
    }

    private static async Task<double> TimeOfScriptAsync(IConnectionMultiplexer connection)
    {
        string stats = (string)(await connection.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        string line = stats.Split('\n').First(l => l.StartsWith("cmdstat_evalsha:", StringComparison.Ordinal));
        string perCall = line.Split(',').First(f => f.StartsWith("usec_per_call=", StringComparison.Ordinal))["usec_per_call=".Length..];
        return double.Parse(perCall, System.Globalization.CultureInfo.InvariantCulture) / 1000;
    }

    private static SignedDocument Candidate(int number) =>
        number % 5 == 0 ? Document((int)(((long)number * 7919) % Real), 20) : Document(FirstCandidate + number, 0);

    // Two documents share nothing but the boilerplate of the contract (J about 0.18); `changed` of the shingles are others.
    private static SignedDocument Document(int number, int changed)
    {
        var random = new Random(number);
        ulong[] shingles = [.. Boilerplate(), .. Enumerable.Range(0, Shingles - Common).Select(_ => Next(random))];
        for (int i = 0; i < changed; i++)
            shingles[500 + i] ^= 0x5555_5555_5555_5555;
        var set = ShingleSet.Of(shingles);
        return new SignedDocument(set, SignedDocument.Hasher(s_settings.Permutations).Sign(set));
    }

    private static Task ConfigureAsync(IConnectionMultiplexer connection, string name, string value) =>
        connection.GetDatabase().ExecuteAsync("CONFIG", "SET", name, value);

    private static ulong[] Boilerplate()
    {
        var random = new Random(-1);
        return [.. Enumerable.Range(0, Common).Select(_ => Next(random))];
    }

    private static ulong Next(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    // As large and with as much boilerplate as a document, but made a hundred times as fast: random minima and shingles.
    private static SignedDocument Filler(int number)
    {
        var random = new Random(number);
        byte[] shingles = new byte[4 * Shingles];
        random.NextBytes(shingles);
        byte[] minima = new byte[4 * s_settings.Permutations];
        random.NextBytes(minima);
        byte[] boilerplate = s_boilerplate.ToBytes();
        for (int i = 0; i < minima.Length; i += 4)
        {
            if (random.Next(10) < 3)
                boilerplate.AsSpan(i, 4).CopyTo(minima.AsSpan(i));
        }
        return new SignedDocument(ShingleSet.FromBytes(shingles), MinHashSignature.FromBytes(minima));
    }

    private static async Task<long> MemoryAsync(IConnectionMultiplexer connection)
    {
        string info = (string)(await connection.GetDatabase().ExecuteAsync("INFO", "memory"))!;
        return long.Parse(info.Split('\n').First(l => l.StartsWith("used_memory:", StringComparison.Ordinal)).Split(':')[1].Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Percentile(double[] values, double p)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(p * sorted.Length))];
    }
}
