using NnGpt.Novelty.Structure;
using NnGpt.Structure.Tests.Rewriting;

namespace NnGpt.Structure.Tests;

/// <summary>What keeps a fingerprint, and what alters it.</summary>
public sealed class FingerprintTests(Tracing tracing) : IClassFixture<Tracing>
{
    private const int StylesOfEach = 30;
    private static readonly Style s_plain = new();

    [Fact]
    public async Task Fingerprint_OfRewrittenNetworks_StaysTheSame()
    {
        int count = 0;
        for (int n = 0; n < Networks.All.Count; n++)
        {
            var network = Networks.All[n];
            var original = await tracing.StructureAsync(NetworkWriter.Write(network, s_plain));
            var random = new Random(100 + n);
            var sources = Enumerable.Range(0, StylesOfEach).Select(_ => NetworkWriter.Write(network, Style.Random(random))).Distinct().ToArray();
            var structures = await Task.WhenAll(sources.Select(tracing.StructureAsync));
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.True(original.Fingerprint == structures[i].Fingerprint, $"network {n} is not recognised:\n{sources[i]}");
                Assert.Equal(1, original.SimilarityTo(structures[i]));
                Assert.Equal(original.Motifs.Select(m => m.Id), structures[i].Motifs.Select(m => m.Id));
            }
            count += sources.Length;
        }
        TestContext.Current.SendDiagnosticMessage($"{count} rewrites keep the fingerprint");
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} rewrites keep the fingerprint");
        Assert.InRange(count, 200, int.MaxValue);
    }

    [Fact]
    public async Task Fingerprint_OfChangedNetworks_IsAnother()
    {
        int count = 0;
        for (int n = 0; n < Networks.All.Count; n++)
        {
            var original = await tracing.StructureAsync(NetworkWriter.Write(Networks.All[n], s_plain));
            var changes = Changes.Of(Networks.All[n]).ToArray();
            var random = new Random(n);
            var structures = await Task.WhenAll(changes.Select(change => tracing.StructureAsync(NetworkWriter.Write(change.Network, Style.Random(random)))));
            for (int i = 0; i < changes.Length; i++)
            {
                Assert.True(original.Fingerprint != structures[i].Fingerprint, $"network {n}: {changes[i].What} does not alter the fingerprint");
                Assert.InRange(original.SimilarityTo(structures[i]), 0, 1 - 1e-9);
            }
            count += changes.Length;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} changes alter the fingerprint");
        Assert.InRange(count, 200, int.MaxValue);
    }
}
