using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;
using NnGpt.Structure.Tests.Rewriting;

namespace NnGpt.Structure.Tests;

/// <summary>Copy, near-duplicate, recombination, new motif.</summary>
public sealed class StructureIndexTests(Tracing tracing) : IClassFixture<Tracing>
{
    private static readonly Layer[] s_head = [new Head()];

    [Fact]
    public async Task Classify_OfARewrittenNetwork_IsACopy()
    {
        var verdict = await ClassifyAsync(NetworkWriter.Write(Networks.All[0], new Style { Calls = "functional", Flatten = "view", Reversed = true }));

        Assert.Equal(StructureClass.Copy, verdict.Class);
        Assert.Equal((1.0, "corpus-0"), (verdict.Similarity, verdict.Nearest));
        Assert.All(verdict.Motifs, motif => Assert.Contains("corpus-0", motif.Examples));
    }

    [Fact]
    public async Task Classify_OfADeepNetworkWithOneOtherWidth_IsANearDuplicate()
    {
        Layer[] Deep(int width) => [.. Enumerable.Repeat<Layer[]>([new Conv(8), new Norm(), new Activation()], 30).SelectMany(l => l), new Head("flatten", width)];
        var index = new StructureIndex();
        index.Add("deep", await tracing.StructureAsync(NetworkWriter.Write(Deep(32), new Style())), ofCorpus: false);

        var verdict = index.Classify(await tracing.StructureAsync(NetworkWriter.Write(Deep(40), new Style())));

        Assert.Equal(StructureClass.NearDuplicate, verdict.Class);
        Assert.InRange(verdict.Similarity, StructureIndex.NearDuplicate, 0.999);
        Assert.Equal((0, 1), (verdict.Corpus, verdict.Admitted));
    }

    [Fact]
    public async Task Classify_OfKnownBlocksInAnotherOrderAndWidth_IsARecombination()
    {
        var verdict = await ClassifyAsync(NetworkWriter.Write(
            [new Conv(24), new Activation("leaky_relu"), new Conv(48), new Norm(), new Activation(), new Pool(), .. s_head], new Style()));

        Assert.Equal(StructureClass.Recombination, verdict.Class);
        Assert.All(verdict.Motifs, motif => Assert.NotEmpty(motif.Examples));
    }

    [Fact]
    public async Task Classify_OfABlockThatNobodyHas_IsANewMotifWithItsPlace()
    {
        var verdict = await ClassifyAsync(NetworkWriter.Write([new Conv(16), new Norm(), new Activation(), new Conv(16, 7, 1, 3), new Activation("tanh"), .. s_head], new Style()));

        Assert.Equal(StructureClass.NewMotif, verdict.Class);
        var motif = Assert.Single(verdict.Motifs, m => m.New);
        Assert.Equal("conv 7x7 dilated 3 > tanh", motif.Text);
        Assert.Equal("layer_part3 .. layer_part4", motif.Location);
    }

    [Fact]
    public async Task Fingerprint_IsTheSameInEveryProcessAndRelease()
    {
        var structure = await tracing.StructureAsync(NetworkWriter.Write(Networks.All[2], new Style()));

        Assert.Equal("g1:ebf5cad4f192d9a60bf62e76b90ef026", structure.Fingerprint);
    }

    private async Task<StructureVerdict> ClassifyAsync(string source)
    {
        var index = new StructureIndex();
        for (int i = 0; i < Networks.All.Count; i++)
            index.Add($"corpus-{i}", await tracing.StructureAsync(NetworkWriter.Write(Networks.All[i], new Style())), ofCorpus: true);
        return index.Classify(await tracing.StructureAsync(source));
    }
}
