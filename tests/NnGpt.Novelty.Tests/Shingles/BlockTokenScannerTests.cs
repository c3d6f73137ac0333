using System.Buffers;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.Shingles;

public sealed class BlockTokenScannerTests
{
    [Theory]
    [InlineData("x **= 0x1F+1e-5-1 if r'a#b' else ... -> := # end\n")]
    [InlineData("f(x)[1:-1, ::2].a1.b != -.5 + 1. - 2.5e3 * conv2d_3x3(1_000, 0, 0.5, 10.)\n")]
    [InlineData("a=-1;b==-c;d=*e,;f//=g**-h<<=i>>j@=k^l|m&n%o~p\n")]
    [InlineData("f'{a}' + Rb\"\\\"\" + xr'x' + '' + 'b''c' + '''d''' + b\"\"\"\n  # e\n\"\"\"\n")]
    [InlineData("if a:\n    b\n    if c:\n\n  # comment\n            d(\n e)\n    f\ng\n")]
    [InlineData("x = a + \\\n  b\ny = \\\n\n  z\n")]
    [InlineData("s = 'é' # 漢字 🙂\n")]
    [InlineData("a\tb\fc")]
    [InlineData("\n\n   ")]
    [InlineData("x1.5.6.y")]
    [InlineData("")]
    public void TryRead_OrdinaryText_GivesTheTokensOfTheOtherScanner(string source)
    {
        Assert.SkipUnless(BlockTokenScanner.IsSupported, "no vector instructions");

        // At every place in its block of 64 characters, and as the end of the text.
        for (int shift = 0; shift < 70; shift++)
        {
            string text = $"{new string('a', shift)}\n{source}";
            Assert.Equal(Tokens.Read(text), Read(text));
        }
    }

    [Theory]
    [InlineData("x = é")]
    [InlineData("x = 5$")]
    [InlineData("x = 5é")]
    [InlineData("x = 0777")]
    [InlineData("x = 0b12")]
    [InlineData("x = 12abc")]
    [InlineData("x = 'open\ny")]
    [InlineData("x = '''open\ny")]
    [InlineData("x = 'a\\\nb'")]
    [InlineData("a ? b")]
    [InlineData("a ! b")]
    [InlineData("a \\ b")]
    [InlineData("\ufeffx = 1")]
    [InlineData("x = 1\r\n")]
    [InlineData("x = '''1\r\n''' # 2")]
    [InlineData("if a:\n\tb\n")]
    [InlineData("if a:\n    b\n  c\nd")]
    [InlineData("if a:\n                                                                b\n")]
    public void TryRead_TextOfAnotherKind_LeavesItToTheOtherScanner(string source)
    {
        Assert.SkipUnless(BlockTokenScanner.IsSupported, "no vector instructions");
        Assert.Null(Read(source));
    }

    [Fact]
    public void TryRead_DamagedSources_GivesTheTokensOfTheOtherScannerOrNone()
    {
        Assert.SkipUnless(BlockTokenScanner.IsSupported, "no vector instructions");
        var random = new Random(11);
        string[] networks = [.. Enumerable.Range(0, 200).Select(i => SyntheticSources.Network(i))];
        string[] fragments = [.. CPython.Library(40).SelectMany(s => s.Chunk(700)).Select(c => new string(c)).Take(2000)];
        int read = 0;
        foreach (string whole in networks.Concat(fragments))
        {
            for (int round = 0; round < 10; round++)
            {
                string source = PythonTokenScanner.NormalizeLineEnds(round == 0 ? whole : Tokens.Damage(whole, random)).ToString();
                if (Read(source) is { } tokens)
                {
                    read++;
                    var expected = Tokens.Read(source);
                    Assert.True(expected.SequenceEqual(tokens), $"{source}\n{string.Join('|', expected)}\n{string.Join('|', tokens)}");
                }
            }
        }
        Assert.InRange(read, 1500, int.MaxValue);
        Assert.All(networks, network => Assert.NotNull(Read(network)));
    }

    [Fact]
    public void Read_Indentation_IsAsTheOtherScannerHasIt()
    {
        Assert.SkipUnless(BlockTokenScanner.IsSupported, "no vector instructions");
        var random = new Random(7);
        int read = 0;
        for (int round = 0; round < 3000; round++)
        {
            string source = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(i => $"{new string(' ', random.Next(4) * random.Next(1, 22))}l{i}\n"));
            if (Read(source) is not { } tokens)
                continue;
            read++;
            Assert.Equal(Tokens.Read(source), tokens);
        }
        Assert.InRange(read, 1000, 2900);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_EitherScanner_GivesTheSameHashes(bool inVectors)
    {
        Assert.SkipUnless(BlockTokenScanner.IsSupported && (!inVectors || BlockTokenHashes.HasVectors), "no vector instructions");
        string[] tails =
        [
            "x = 'at the very end'", "ab", "a_name_of_more_than_eight", "abcdefgh", "(abcdefgh)", $"'{new string('x', 300)}' + y", "'é' + 'ÿ' + '漢字 🙂'",
            .. Enumerable.Range(1, 70).Select(length => new string('n', length)), string.Concat(Enumerable.Repeat("(,", 60)),
        ];
        string[] shifted = [.. tails.SelectMany(tail => Enumerable.Range(0, 140).Select(i => $"{new string('a', i)} {tail}"))];
        string[] followed = [.. shifted.Select(source => $"{source} + something else that is long enough\n{new string(' ', 70)}\n")];
        int read = 0;
        foreach (string source in CPython.Library(60).Concat([SyntheticSources.Network(1), .. tails, .. shifted, .. followed]))
        {
            string text = PythonTokenScanner.NormalizeLineEnds(source).ToString();
            if (BlockTokenScanner.TryRead(text, out int blockCount) is not { } blocks)
                continue;
            read++;
            ulong[] one = ArrayPool<ulong>.Shared.Rent(16), other = ArrayPool<ulong>.Shared.Rent(16);
            int count = BlockTokenHashes.Read(text, blocks.AsSpan(0, blockCount + 1), inVectors, ref one);

            Assert.Equal(count, TokenHashes.ReadOneByOne(text, TokenMode.Exact, ref other));
            Assert.True(one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, count)), source);
            ArrayPool<TokenBlock>.Shared.Return(blocks);
            ArrayPool<ulong>.Shared.Return(one);
            ArrayPool<ulong>.Shared.Return(other);
        }
        Assert.InRange(read, 20_000, int.MaxValue);
    }

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_GivesTheHashesWithoutThem()
    {
        foreach (string tail in new[] { "x = 'at the end'", "ab", new string('n', 30) })
        {
            string source = $"\ufeffa = 1\r\n'''b\r\nc'''\r\n{tail}\r\n# d and e and f\r\n";
            Assert.Equal(Hashes(source.Replace("\r\n", "\n", StringComparison.Ordinal)[1..], TokenHashes.ReadOneByOne), Hashes(source, TokenHashes.Read));
        }
    }

    private delegate int Reader(ReadOnlySpan<char> source, TokenMode mode, ref ulong[] buffer);

    private static ulong[] Hashes(string source, Reader reader)
    {
        ulong[] buffer = ArrayPool<ulong>.Shared.Rent(16);
        int count = reader(source, TokenMode.Exact, ref buffer);
        return buffer[..count];
    }

    private static List<string>? Read(string source)
    {
        if (BlockTokenScanner.TryRead(source, out int count) is not { } blocks)
            return null;
        var starts = Positions(blocks.Take(count).Select(block => block.Starts));
        var lasts = Positions(blocks.Take(count).Select(block => block.Lasts));
        ArrayPool<TokenBlock>.Shared.Return(blocks);
        Assert.Equal(starts.Count, lasts.Count);
        return [.. starts.Zip(lasts, (start, last) => source[start..(last + 1)])];
    }

    private static List<int> Positions(IEnumerable<ulong> blocks) =>
        [.. blocks.SelectMany((bits, block) => Enumerable.Range(0, TokenBlock.Size).Where(i => ((bits >> i) & 1) != 0).Select(i => (block * TokenBlock.Size) + i))];
}
