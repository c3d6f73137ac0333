using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NnGpt.Novelty;
using NnGpt.Novelty.MinHash;

namespace NnGpt.Curation.Duplicates;

/// <summary>
/// Finds, among the documents that were added, the one most similar to a new one: LSH buckets retrieve, a sketch of the
/// signatures sorts out, the exact Jaccard similarity of the shingle sets decides. In memory are the buckets and the
/// sketches, about 350 bytes a document and 12 MB at first; ids and shingles are in a file.
/// </summary>
/// <param name="settings">With which all its documents are signed.</param>
/// <param name="folder">Where the file is made; it is removed at the end.</param>
internal sealed class NearDuplicateIndex(NoveltySettings settings, string folder) : IDisposable
{
    private const int SlotBits = 17;
    private const int Chunk = 4096;

    private readonly int _bands = settings.Banding.Bands;
    private readonly int _permutations = settings.Permutations;

    // The newest document of a slot, plus 1, and for each document and band the one before it, plus 1. A slot is part of a
    // bucket's hash: documents of other buckets in it are sorted out with the rest.
    private readonly int[] _newest = new int[settings.Banding.Bands << SlotBits];
    private readonly List<int[]> _before = [];
    private readonly List<byte[]> _sketches = [];
    private readonly List<int[]> _askedBy = [];
    private readonly ShingleStore _store = new(folder);
    private int _queries;

    // A sketch keeps eight bits of a value, so that one in 256 agrees by chance: that only lets more through.
    private readonly int _leastMatches =
        (int)Math.Floor(settings.Permutations * Math.Max(0, settings.JaccardThreshold - settings.Rule.Margin));

    /// <summary>Documents.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a document; its number is the count before.</summary>
    public void Add(string id, SignedDocument document)
    {
        _store.Append(id, document.Shingles);
        int number = Count++;
        int chunk = number / Chunk, place = number % Chunk;
        if (chunk == _sketches.Count)
        {
            _before.Add(new int[Chunk * _bands]);
            _sketches.Add(new byte[Chunk * _permutations]);
            _askedBy.Add(new int[Chunk]);
        }

        ulong[] buckets = settings.Banding.Buckets(document.Signature);
        for (int band = 0; band < buckets.Length; band++)
        {
            ref int newest = ref _newest[Slot(band, buckets[band])];
            _before[chunk][(place * _bands) + band] = newest;
            newest = number + 1;
        }

        Sketch(document.Signature, SketchOf(number));
    }

    /// <summary>The most similar document above tau, the earliest of equally similar ones.</summary>
    public bool TryFind(SignedDocument document, out DuplicateOf found)
    {
        _queries++;
        Span<byte> sketch = stackalloc byte[_permutations];
        Sketch(document.Signature, sketch);
        ulong[] buckets = settings.Banding.Buckets(document.Signature);
        (int Number, double Jaccard) best = (-1, settings.JaccardThreshold);
        for (int band = 0; band < buckets.Length; band++)
        {
            for (int number = _newest[Slot(band, buckets[band])] - 1; number >= 0; number = _before[number / Chunk][(number % Chunk * _bands) + band] - 1)
            {
                ref int askedBy = ref _askedBy[number / Chunk][number % Chunk];
                if (askedBy == _queries)
                {
                    continue;
                }

                askedBy = _queries;
                if (Matches(sketch, SketchOf(number)) < _leastMatches)
                {
                    continue;
                }

                double jaccard = _store.Jaccard(number, document.Shingles);
                if (jaccard > best.Jaccard || (jaccard == best.Jaccard && number < best.Number))
                {
                    best = (number, jaccard);
                }
            }
        }

        found = new DuplicateOf(best.Number, best.Jaccard);
        return best.Number >= 0;
    }

    /// <summary>The id of a document.</summary>
    public string IdOf(int document) => _store.IdOf(document);

    public void Dispose() => _store.Dispose();

    private static int Slot(int band, ulong bucket) => (band << SlotBits) | (int)(bucket & ((1 << SlotBits) - 1));

    private static void Sketch(MinHashSignature signature, Span<byte> sketch)
    {
        ReadOnlySpan<uint> values = signature.Values;
        for (int i = 0; i < sketch.Length; i++)
        {
            sketch[i] = (byte)values[i];
        }
    }

    private static int Matches(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ref byte left = ref MemoryMarshal.GetReference(a);
        ref byte right = ref MemoryMarshal.GetReference(b);
        int matches = 0, i = 0;
        for (; i <= a.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            matches += BitOperations.PopCount(
                Vector256.Equals(Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i)).ExtractMostSignificantBits());
        }

        for (; i < a.Length; i++)
        {
            matches += a[i] == b[i] ? 1 : 0;
        }

        return matches;
    }

    private Span<byte> SketchOf(int number) => _sketches[number / Chunk].AsSpan(number % Chunk * _permutations, _permutations);
}
