using NnGpt.Python.Tests.Fuzzing;

namespace NnGpt.Python.Tests;

/// <summary>Generated programs, damaged sources and noise: every one gets an outcome, none crashes the host or runs on.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 400;
    private static readonly string[] s_sources = [.. Snippet.All().Select(s => s.Source)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_AnyText_HasAnOutcome(int seed)
    {
        var random = new Random(seed);
        var cancellation = TestContext.Current.CancellationToken;

        var outcomes = LargeStackThread.Run(() => Enumerable.Range(0, Inputs).Count(_ =>
        {
            var source = FuzzTarget.Next(random, s_sources);
            try
            {
                return FuzzTarget.Run(source, cancellation).Length > 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{exception.GetType().Name}: {exception.Message}\n{source}", exception);
            }
        }));

        Assert.Equal(Inputs, outcomes);
    }

    [Fact]
    public void Run_Twice_GivesTheSame()
    {
        var random = new Random(5);
        var cancellation = TestContext.Current.CancellationToken;

        LargeStackThread.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var source = SourceDamage.Damage(random, s_sources);
                if (!source.Contains("id(", StringComparison.Ordinal) && !source.Contains("object", StringComparison.Ordinal))
                    Assert.Equal(WithoutAddresses(FuzzTarget.Run(source, cancellation)), WithoutAddresses(FuzzTarget.Run(source, cancellation)));
            }

            return true;
        });
    }

    private static string WithoutAddresses(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "0x[0-9a-f]{6,}|[0-9]{6,}", "#");
}
