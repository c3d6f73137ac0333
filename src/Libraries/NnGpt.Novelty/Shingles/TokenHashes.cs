using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.Shingles;

/// <summary>A 64-bit hash a token, over its length and its UTF-16 text, filled up with zeros to eights: four units at a time, multiplied and folded (version 2).</summary>
internal static class TokenHashes
{
    private const ulong NameHash = 0xA0761D6478BD642F;
    private const ulong NumberHash = 0xE7037ED1A0B428DB;
    public const ulong LengthFactor = 0x9E3779B97F4A7C15;
    public const ulong FoldFactor = 0x9FB21C651E98DF25;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_keywords = FrozenSet.ToFrozenSet(
        [
            "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
            "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
            "pass", "raise", "return", "try", "while", "with", "yield",
        ], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Hashes of all tokens, into a buffer of <see cref="ArrayPool{T}.Shared"/> that grows as needed; returns their number.</summary>
    public static int Read(ReadOnlySpan<char> source, TokenMode mode, ref ulong[] buffer)
    {
        bool inBlocks = mode == TokenMode.Exact && BlockTokenScanner.IsSupported;
        if (inBlocks && ReadInBlocks(source, ref buffer) is >= 0 and var tokens)
            return tokens;
        var text = PythonTokenScanner.NormalizeLineEnds(source);
        return inBlocks && text.Length != source.Length && ReadInBlocks(text, ref buffer) is >= 0 and var more ? more : ReadOneByOne(text, mode, ref buffer);
    }

    // -1 when the text is not for this scanner.
    private static int ReadInBlocks(ReadOnlySpan<char> source, ref ulong[] buffer)
    {
        if (BlockTokenScanner.TryRead(source, out int count) is not { } blocks)
            return -1;
        int tokens = BlockTokenHashes.Read(source, blocks.AsSpan(0, count + 1), BlockTokenHashes.HasVectors, ref buffer);
        ArrayPool<TokenBlock>.Shared.Return(blocks);
        return tokens;
    }

    /// <summary>The same by <see cref="PythonTokenScanner"/>, which reads any text.</summary>
    /// <param name="source">Line ends are \n alone.</param>
    /// <param name="mode">What of a token counts.</param>
    /// <param name="buffer">As above.</param>
    internal static int ReadOneByOne(ReadOnlySpan<char> source, TokenMode mode, ref ulong[] buffer)
    {
        var scanner = new PythonTokenScanner(source);
        var attribute = new AttributeState();
        int count = 0;
        while (scanner.MoveNext())
        {
            var text = source[scanner.Start..scanner.End];
            ulong hash = mode == TokenMode.Exact
                ? Hash(text, source.Length - scanner.End)
                : Normalized(text, source.Length - scanner.End, scanner.Kind, ref attribute);
            if (count == buffer.Length)
                Grow(ref buffer);
            buffer[count++] = hash;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Of one token.</summary>
    /// <param name="text">The token.</param>
    /// <param name="after">Characters that can be read behind it.</param>
    public static ulong Hash(ReadOnlySpan<char> text, int after)
    {
        ulong h = (ulong)text.Length * LengthFactor;
        while (text.Length > 8)
        {
            h = Fold(Fold(h ^ Four(text)) ^ Four(text[4..]));
            text = text[8..];
        }
        var (low, high) = Eight(text, after);
        return Fold(Fold(h ^ low) ^ high);
    }

    // Up to eight units, filled up with zeros. Where the source goes on for eight, without a branch on the length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) Eight(ReadOnlySpan<char> text, int after)
    {
        if (text.Length + after >= Vector128<ushort>.Count)
        {
            var units = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)));
            var mask = Vector128.LessThan(Vector128.Create((ushort)0, 1, 2, 3, 4, 5, 6, 7), Vector128.Create((ushort)text.Length));
            var kept = (units & mask).AsUInt64();
            return (kept[0], kept[1]);
        }
        return EightAtTheEnd(text);
    }

    private static (ulong Low, ulong High) EightAtTheEnd(ReadOnlySpan<char> text)
    {
        Span<char> copy = stackalloc char[8];
        copy.Clear();
        text.CopyTo(copy);
        return (Four(copy), Four(copy[4..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Four(ReadOnlySpan<char> text) => BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Fold(ulong h)
    {
        h *= FoldFactor;
        return h ^ (h >> 32);
    }

    private static ulong Normalized(ReadOnlySpan<char> text, int after, PythonTokenKind kind, ref AttributeState state)
    {
        bool keeps = state.IsAttribute;
        state = new AttributeState(text is "." && !state.AfterSelf, text is "self");
        return kind switch
        {
            PythonTokenKind.Number => NumberHash,
            PythonTokenKind.Name when !keeps && !s_keywords.Contains(text) => NameHash,
            _ => Hash(text, after),
        };
    }

    /// <summary>Doubles a rented buffer.</summary>
    public static void Grow(ref ulong[] buffer)
    {
        ulong[] larger = ArrayPool<ulong>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<ulong>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <param name="IsAttribute">The token before was a dot, and before it was no <c>self</c>.</param>
    /// <param name="AfterSelf">The token before was <c>self</c>.</param>
    private readonly record struct AttributeState(bool IsAttribute, bool AfterSelf);
}
