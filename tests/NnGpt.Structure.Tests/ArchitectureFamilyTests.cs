using NnGpt.Corpus.Sampling;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;

namespace NnGpt.Structure.Tests;

public sealed class ArchitectureFamilyTests(Tracing tracing) : IClassFixture<Tracing>
{
    // The sampler's families by the operation that tells them.
    private static readonly Dictionary<string, string[]> s_expected = new(StringComparer.Ordinal)
    {
        ["recurrent"] = ["recurrent"],
        ["attention"] = ["attention"],
        ["dense"] = ["concatenating"],
        ["inception"] = ["concatenating"],
        ["fire"] = ["concatenating"],
        ["separable"] = ["grouped"],
        ["inverted_residual"] = ["grouped"],
        ["residual"] = ["residual"],
        ["mlp"] = ["perceptron", "residual"],
        ["vgg"] = ["convolutional"],
        ["plain"] = ["convolutional"],
    };

    [Fact]
    public async Task Of_SampledNetworks_IsTheFamilyOfTheirMostTellingOperation()
    {
        var sampler = new ArchitectureSampler(5);
        var open = s_expected.Keys.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < 400 && open.Count > 0; i++)
        {
            var document = sampler.Next();
            if (!open.Remove(document.Family))
                continue;
            string family = ArchitectureFamily.Of(await tracing.GraphAsync(document.Source));
            Assert.True(s_expected[document.Family].Contains(family), $"{document.Family} is {family}\n{document.Source}");
        }
        Assert.Empty(open);
    }

    [Fact]
    public void Of_TruncatedGraph_IsOther() => Assert.Equal("other", ArchitectureFamily.Of(new ComputationGraph { Truncated = true }));

    [Fact]
    public void Names_HoldEveryAnswer() => Assert.Equal(ArchitectureFamily.Names.Count, ArchitectureFamily.Names.Distinct().Count());
}
