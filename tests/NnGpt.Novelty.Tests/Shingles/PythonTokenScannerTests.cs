namespace NnGpt.Novelty.Tests.Shingles;

public sealed class PythonTokenScannerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x **= 0x1F+1e-5-1 if r'a#b' else ... -> := # end", "x|**=|0x1F|+|1e-5|-|1|if|r'a#b'|else|...|->|:=")]
    [InlineData("a ? b", "a| |?|b")]
    [InlineData("x = 'open\ny", "x|=| |'|open|y")]
    [InlineData("x = '''open\ny", "x|=")]
    [InlineData("if a:\n    b\n  c\nd", "if|a|:|b")]
    [InlineData("f'{a}' + Rb\"\\\"\" + ur'x'", "f'{a}'|+|Rb\"\\\"\"|+|ur|'x'")]
    [InlineData("0777 1_000 1__0 0x 0b12 1.e5j .5 1..real", "0|777|1_000|1|__0|0|x|0b1|2|1.e5j|.5|1.|.|real")]
    [InlineData("\ufeffa\r\nb\rc", "a|b|c")]
    [InlineData("", "")]
    public void MoveNext_Text_SplitsAsTokenizeDoes(string source, string expected) =>
        Assert.Equal(expected, string.Join('|', Tokens.Read(source)));

    [Fact]
    public void MoveNext_LayoutAndComments_ChangeNothing() => Assert.Equal(
        Tokens.Read("def f(a,b):\n    return a+b\n"),
        Tokens.Read("def f( a,\n   b ):  # sum\n\n\t# of two\n\treturn \\\n  a + b\n"));

    [Fact]
    public async Task MoveNext_PythonsOwnLibrary_EqualsTokenize()
    {
        Assert.SkipUnless(CPython.Unavailable is null, CPython.Unavailable ?? "");
        await CompareAsync(CPython.Library(60));
    }

    [Fact]
    public async Task MoveNext_DamagedSources_EqualsWhatTokenizeYieldsUpToItsError()
    {
        Assert.SkipUnless(CPython.Unavailable is null, CPython.Unavailable ?? "");
        var random = new Random(7);
        var fragments = CPython.Library(60).SelectMany(s => s.Chunk(1500)).Select(c => new string(c)).Take(1200).ToList();
        await CompareAsync([.. fragments.Select(f => Tokens.Damage(f, random))]);
    }

    private static async Task CompareAsync(IReadOnlyList<string> sources)
    {
        // A lone surrogate is no text that Python can be sent.
        sources = [.. sources.Select(s => string.Concat(s.EnumerateRunes()))];
        var expected = await CPython.TokenizeAsync(sources, Token);
        for (int i = 0; i < sources.Count; i++)
        {
            Assert.True(
                expected[i].SequenceEqual(Tokens.Read(sources[i])),
                $"source {i}:\n{sources[i]}\n{string.Join('|', expected[i])}\n{string.Join('|', Tokens.Read(sources[i]))}");
        }
    }
}
