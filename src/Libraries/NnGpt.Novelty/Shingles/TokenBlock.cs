using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.Shingles;

/// <summary>What 64 characters are, a bit each: the characters of ordinary Python by their classes, all others marked to be looked at.</summary>
internal struct TokenBlock
{
    public const int Size = 64;

    /// <summary>First characters of tokens.</summary>
    public ulong Starts;

    /// <summary>Last characters of tokens.</summary>
    public ulong Lasts;

    public ulong Opens;
    public ulong Closes;
    public ulong Spaces;

    /// <summary>The characters, as bytes; 255 for those beyond it.</summary>
    public Vector512<byte> Text;

    /// <summary>Where classes alone do not tell the tokens: ends of lines, quotes, comments, numbers that are more than digits, operators beside each other, anything unusual.</summary>
    public ulong Marked;

    /// <summary>Classifies 64 characters, and what the block before could not know of its last one.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="before">The block before; any when there is none.</param>
    /// <param name="edge">Of the characters before; replaced by those of these.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TokenBlock Of(ref ushort first, ref TokenBlock before, ref Edge edge)
    {
        var units = Vector512.NarrowWithSaturation(Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 32));

        // Small letters of large ones, { of [, } of ], ~ of ^.
        var folded = units | Vector512.Create((byte)0x20);

        ulong digits = Between(units, '0', '9');
        ulong words = Between(folded, 'a', 'z') | digits | Are(units, '_');
        ulong dots = Are(units, '.');
        ulong spaces = Are(units, ' ');
        ulong opens = Are(units, '(') | Are(folded, '{');
        ulong closes = Are(units, ')') | Are(folded, '}');

        // All but !, which is one only before =.
        ulong operators = Between(units, '*', '/') | Between(units, ':', '>') | Between(units, '%', '&') | Are(folded, '~') | Are(units, '@') | Are(units, '|');

        // The last bit of the block before, where the first of this one matters to it.
        before.Lasts &= ~(edge.Words & (words << 63));
        before.Marked |= (edge.Operators & (operators << 63)) | (edge.Dots & (digits << 63));

        // Added to the digits, the first digit of a number carries on to what follows the number's last digit.
        ulong wordStarts = words & ~((words << 1) | (edge.Words >> 63));
        ulong numbers = wordStarts & digits;
        ulong carried = digits + numbers;
        ulong single = operators | opens | closes;
        edge = new Edge(words, operators, dots, edge.Returns | Are(units, '\r'));
        return new TokenBlock
        {
            Starts = wordStarts | single,
            Lasts = (words & ~(words >> 1)) | single,
            Opens = opens,
            Closes = closes,
            Spaces = spaces,
            Text = units,
            Marked = ~(words | single | spaces) | (operators & (operators >> 1)) | (dots & (digits >> 1)) | (carried & ~digits & (words | dots))
                | (numbers & (digits >> 1) & Are(units, '0')) | (carried < digits ? LastBit(numbers) : 0),
        };
    }

    private static ulong LastBit(ulong bits) => 1UL << (63 - BitOperations.LeadingZeroCount(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Are(Vector512<byte> units, char c) => Vector512.Equals(units, Vector512.Create((byte)c)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Between(Vector512<byte> units, char first, char last) =>
        Vector512.LessThanOrEqual(units - Vector512.Create((byte)first), Vector512.Create((byte)(last - first))).ExtractMostSignificantBits();

    /// <summary>Classes of the block before, of which the last bits count, and where any block so far has a \r.</summary>
    public readonly record struct Edge(ulong Words, ulong Operators, ulong Dots, ulong Returns);
}
