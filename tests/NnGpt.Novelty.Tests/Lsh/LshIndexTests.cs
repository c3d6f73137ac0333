using NnGpt.Novelty.Lsh;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.Lsh;

public sealed class LshIndexTests
{
    private static readonly NoveltySettings s_settings = new();

    [Fact]
    public void FindNearDuplicate_CopiesAndOthers_DecidesAsTheExactSimilarityDoes()
    {
        var index = new LshIndex(s_settings);
        var shingles = new List<ShingleSet>();
        var changed = new List<SignedDocument>();
        for (int seed = 0; seed < 300; seed++)
        {
            var (a, b) = SyntheticSources.Pair(seed, 400, seed % 6);
            var document = SignedDocument.Create(a, s_settings);
            Assert.Equal(seed, index.Add(document.Signature));
            shingles.Add(document.Shingles);
            changed.Add(SignedDocument.Create(b, s_settings));
        }

        int duplicates = 0;
        for (int i = 0; i < changed.Count; i++)
        {
            double exact = changed[i].Shingles.Jaccard(shingles[i]);
            var found = index.FindNearDuplicate(changed[i], d => shingles[d]);
            Assert.Equal(exact > s_settings.JaccardThreshold, found is not null);
            Assert.True(found is null || found.Value.Document == i);
            duplicates += found is null ? 0 : 1;
        }
        Assert.Equal(150, duplicates);
    }

    [Fact]
    public void FindNearDuplicate_SeveralAlike_NamesTheNearest()
    {
        var index = new LshIndex(s_settings);
        var documents = new[] { 2, 1, 0, 1 }.Select(changes => SignedDocument.Create(SyntheticSources.Pair(5, 600, changes).Changed, s_settings)).ToList();
        foreach (var document in documents)
            index.Add(document.Signature);

        var nearest = index.FindNearDuplicate(documents[2], d => documents[d].Shingles);

        Assert.Equal(new Neighbour(2, 1), nearest);
        Assert.Equal(4, index.Candidates(documents[2].Signature).Count());
    }

    [Fact]
    public void Candidates_EmptyDocuments_AreAlike()
    {
        var index = new LshIndex(s_settings);
        var nothing = SignedDocument.Create("# nothing\n", s_settings);
        index.Add(nothing.Signature);

        Assert.Equal(new Neighbour(0, 1), index.FindNearDuplicate(nothing, _ => nothing.Shingles));
    }
}
