using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.Shingles;

public sealed class PythonShinglesTests
{
    [Fact]
    public async Task Jaccard_DamagedAndWholeSources_EqualsThatOfCPythonsTokens()
    {
        Assert.SkipUnless(CPython.Unavailable is null, CPython.Unavailable ?? "");
        var random = new Random(3);
        string[] library = [.. CPython.Library(40)];
        string[] damaged = [.. library.Select(s => string.Concat(Tokens.Damage(s, random).EnumerateRunes()))];
        var tokens = await CPython.TokenizeAsync([.. library, .. damaged], TestContext.Current.CancellationToken);

        for (int i = 0; i < library.Length; i++)
        {
            double expected = Jaccard(NGrams(tokens[i]), NGrams(tokens[i + library.Length]));
            Assert.Equal(expected, ShingleSet.Of(library[i]).Jaccard(ShingleSet.Of(damaged[i])), 6);
        }
    }

    [Fact]
    public void Read_FewerTokensThanAShingle_IsOneShingle()
    {
        Assert.Empty(PythonShingles.Read("# nothing"));
        Assert.Single(PythonShingles.Read("a b c"));
        Assert.Single(PythonShingles.Read("1 2 3 4 5 6 7 8 9 10"));
        Assert.Equal(2, PythonShingles.Read("1 2 3 4 5 6 7 8 9 10 11").Length);
        Assert.NotEqual(PythonShingles.Read("a b c"), PythonShingles.Read("a c b"));
    }

    [Fact]
    public void Read_RolledShingle_EqualsTheSameTokensElsewhere()
    {
        const string Middle = "one two three four five six seven eight nine ten";

        Assert.Equal(PythonShingles.Read(Middle)[0], PythonShingles.Read($"a = b + c - {Middle}")[^1]);
        Assert.Equal(10, PythonShingles.Read($"{Middle} {Middle} {Middle}").Distinct().Count());
    }

    [Fact]
    public void Read_Normalized_IgnoresOwnNamesAndNumbersButNotTorchs()
    {
        static ulong[] Read(string source) => PythonShingles.Read(source, 3, TokenMode.Normalized);
        const string Source = "self.conv1 = nn.Conv2d(width, 32, bias=False)\nreturn F.relu(self.conv1(x))";

        Assert.Equal(Read(Source), Read("self.first = nn.Conv2d(channels, 0x40, bias=False)\nreturn G.relu(self.first(y))"));
        Assert.NotEqual(Read(Source), Read(Source.Replace("Conv2d", "Linear")));
        Assert.NotEqual(Read(Source), Read(Source.Replace("False", "True")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(100)]
    public void Read_AnySize_IsThePolynomialOfTheTokens(int size)
    {
        ulong[] tokens = new ulong[16];
        int count = TokenHashes.Read(string.Join(' ', Enumerable.Range(0, 90).Select(i => $"t{i}")), TokenMode.Exact, ref tokens);
        int length = Math.Min(size, count);
        var expected = Enumerable.Range(0, count - length + 1).Select(i => TokenHashes.Mix(
            tokens.AsSpan(i, length).ToArray().Aggregate(0UL, (h, t) => unchecked((h * 0xD6E8FEB86659FD93) + t))));

        Assert.Equal(expected, PythonShingles.Read(string.Join(' ', Enumerable.Range(0, 90).Select(i => $"t{i}")), size));
    }

    [Fact]
    public void Read_TokenAnywhereInItsSource_HasTheSameHash()
    {
        // Where the source ends soon, tokens are read by another path.
        foreach (string token in new[] { "a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "'0123456789abcdef'", "é", "x²y" })
        {
            var within = PythonShingles.Read($"{token} + something_longer_after_it", 1);
            Assert.Equal(PythonShingles.Read(token, 1)[0], within[0]);
        }
    }

    private static HashSet<string> NGrams(string[] tokens) =>
        [.. Enumerable.Range(0, Math.Max(1, tokens.Length - 9)).Select(i => string.Join('\0', tokens.Skip(i).Take(10)))];

    private static double Jaccard(HashSet<string> a, HashSet<string> b)
    {
        int common = a.Count(b.Contains);
        return (double)common / (a.Count + b.Count - common);
    }
}
