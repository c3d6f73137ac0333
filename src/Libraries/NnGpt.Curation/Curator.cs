using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Contract;
using NnGpt.Curation.Duplicates;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation;

/// <summary>
/// Curates a corpus in one pass: malformed records are listed, records against the contract and duplicates dropped. Of a
/// group of similar records the first is kept. Tokenising and hashing run on several threads, the verdicts are given one
/// after the other in the order of the source: the same input gives the same output. Memory grows by about 500 bytes a
/// kept record.
/// </summary>
public static class Curator
{
    private const int BatchRecords = 64;
    private const int BatchCharacters = 1 << 20;
    private const int MaxIdLength = 1024;

    /// <summary>Curates a source.</summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="IOException">The source cannot be read, or the output not be written.</exception>
    public static async Task<CurationReport> RunAsync(
        IRecordSource source, CurationOptions options, ICurationOutput output, IProgress<CurationProgress>? progress, CancellationToken cancellationToken)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Task<List<PreparedRecord>>>(new BoundedChannelOptions(options.Threads + 1) { SingleReader = true, SingleWriter = true });
        Task reading = Task.Run(() => ReadAsync(source, options, batches.Writer, stop.Token), CancellationToken.None);
        using var verdicts = new Verdicts(options, output);
        try
        {
            await foreach (Task<List<PreparedRecord>> batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (PreparedRecord record in await batch)
                {
                    verdicts.Give(record);
                }

                progress?.Report(new CurationProgress(source.Progress, verdicts.Read, verdicts.Kept));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return verdicts.Report();
    }

    private static async Task ReadAsync(
        IRecordSource source, CurationOptions options, ChannelWriter<Task<List<PreparedRecord>>> batches, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        using var free = new SemaphoreSlim(options.Threads);
        List<Task> started = [];
        try
        {
            foreach (List<RecordReading> batch in Batches(source.Read()))
            {
                await free.WaitAsync(cancellationToken);
                Task<List<PreparedRecord>> task = Task.Run(
                    () =>
                    {
                        try
                        {
                            return batch.ConvertAll(reading => PreparedRecord.Of(reading, options));
                        }
                        finally
                        {
                            free.Release();
                        }
                    },
                    CancellationToken.None);
                started.RemoveAll(running => running.IsCompleted);
                started.Add(task);
                await batches.WriteAsync(task, cancellationToken);
            }
        }
        catch (Exception stopped) when (stopped is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            failure = stopped;
        }
        finally
        {
            await Task.WhenAll(started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            batches.Complete(failure);
        }
    }

    private static IEnumerable<List<RecordReading>> Batches(IEnumerable<RecordReading> readings)
    {
        List<RecordReading> batch = [];
        int characters = 0;
        foreach (RecordReading reading in readings)
        {
            batch.Add(reading);
            characters += reading.Record?.Source.Length ?? 0;
            if (batch.Count == BatchRecords || characters >= BatchCharacters)
            {
                yield return batch;
                (batch, characters) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>What was seen so far, and the verdict on the next.</summary>
    private sealed class Verdicts(CurationOptions options, ICurationOutput output) : IDisposable
    {
        private readonly NearDuplicateIndex _kept = new(options.Similarity, options.WorkingFolder);

        // Text to the kept record that it is or repeats.
        private readonly Dictionary<UInt128, DuplicateOf> _texts = [];
        private readonly Dictionary<UInt128, int> _ids = [];
        private readonly SortedDictionary<MalformedReason, long> _malformed = [];
        private readonly SortedDictionary<ContractBreach, long> _breaches = [];
        private long _exact;
        private long _near;

        public long Read { get; private set; }

        public long Kept { get; private set; }

        public void Give(PreparedRecord prepared)
        {
            if (prepared.Reading.Malformed is { } malformed)
            {
                Read += malformed.Reason == MalformedReason.BadMetadata ? 0 : 1;
                _malformed[malformed.Reason] = _malformed.GetValueOrDefault(malformed.Reason) + 1;
                output.Refuse(malformed);
                return;
            }

            Read++;
            CorpusRecord record = prepared.Reading.Record! with { Id = Unique(prepared.Reading.Record!.Id) };
            if (prepared.Traits is { } traits)
            {
                output.Observe(record, traits);
            }

            if (prepared.Breach is { } breach)
            {
                _breaches[breach] = _breaches.GetValueOrDefault(breach) + 1;
                output.Drop(new DroppedRecord(record.Id, DropReason.Contract, null, null, breach));
            }
            else if (_texts.TryGetValue(prepared.TextHash, out DuplicateOf same))
            {
                _exact++;
                output.Drop(new DroppedRecord(record.Id, DropReason.Exact, _kept.IdOf(same.Document), same.Jaccard, null));
            }
            else if (_kept.TryFind(prepared.Document!, out DuplicateOf similar))
            {
                _near++;
                _texts.Add(prepared.TextHash, similar);
                output.Drop(new DroppedRecord(record.Id, DropReason.Near, _kept.IdOf(similar.Document), similar.Jaccard, null));
            }
            else
            {
                _texts.Add(prepared.TextHash, new DuplicateOf(_kept.Count, 1));
                _kept.Add(record.Id, prepared.Document!);
                Kept++;
                output.Keep(record, prepared.Reading.Raw);
            }
        }

        public CurationReport Report() => new()
        {
            Read = Read,
            Malformed = _malformed.Where(pair => pair.Key != MalformedReason.BadMetadata).Sum(pair => pair.Value),
            Exact = _exact,
            Near = _near,
            Kept = Kept,
            MalformedReasons = _malformed,
            Breaches = _breaches,
        };

        public void Dispose() => _kept.Dispose();

        // Ids name records in the output: the second "a" becomes "a#2".
        private string Unique(string id)
        {
            string text = id.Length <= MaxIdLength ? id : id[..MaxIdLength];
            string unique = text;
            while (!_ids.TryAdd(PreparedRecord.HashOf(unique), 1))
            {
                unique = $"{text}#{++CollectionsMarshal.GetValueRefOrNullRef(_ids, PreparedRecord.HashOf(text))}";
            }

            return unique;
        }
    }
}
