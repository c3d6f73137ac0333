using System.Security.Cryptography;
using System.Text;
using NnGpt.Corpus.Sampling;

namespace NnGpt.Corpus.Tests.Sampling;

public sealed class ArchitectureSamplerTests
{
    [Fact]
    public void Next_SameSeed_GivesTheSameDocumentsOnEveryMachine()
    {
        ArchitectureSampler sampler = new(2026);
        StringBuilder ids = new();
        for (int i = 0; i < 200; i++)
        {
            ids.Append(sampler.Next().Id);
        }

        // Changes when the sampler changes: models/ was trained on its output, so the model card must be renewed too.
        Assert.Equal(
            "1fc639325ace4b5a",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ids.ToString())))[..16]);
    }

    [Fact]
    public void Next_ManyDocuments_CoverAllFamiliesWithoutDuplicates()
    {
        CorpusDocument[] documents = Sample(1, 1000);
        Assert.Equal(ArchitectureSampler.Families.Order(), documents.Select(document => document.Family).Distinct().Order());
        Assert.True(ArchitectureSampler.Families.Count >= 12);
        Assert.Equal(documents.Length, documents.Select(document => document.Id).Distinct().Count());
        Assert.All(documents.GroupBy(document => document.Family), family => Assert.True(family.Count() >= 20));
    }

    [Fact]
    public void Next_EveryDocument_KeepsTheContractsOutline()
    {
        string[] outline =
        [
            "import torch\n", "def supported_hyperparameters():\n    return {'lr', 'momentum'}\n", "class Net(nn.Module):\n",
            "    def __init__(self, in_shape, out_shape, prm, device):\n", "    def forward(self, x):\n",
            "    def train_setup(self, prm):\n", "    def learn(self, train_data):\n",
        ];
        foreach (CorpusDocument document in Sample(4, 500))
        {
            int at = 0;
            foreach (string part in outline)
            {
                at = document.Source.IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(at >= 0, $"{part} is missing in\n{document.Source}");
            }

            Assert.EndsWith("self.optimizer.step()\n", document.Source, StringComparison.Ordinal);
            Assert.DoesNotContain("\t", document.Source, StringComparison.Ordinal);
            Assert.DoesNotContain(" \n", document.Source, StringComparison.Ordinal);
            Assert.Equal(document.Id, CorpusDocument.IdOf(document.Source));
        }
    }

    [Fact]
    public void Next_DifferentSeeds_GiveDifferentDocuments()
    {
        Assert.Empty(Sample(5, 200).Select(document => document.Id).Intersect(Sample(6, 200).Select(document => document.Id)));
    }

    private static CorpusDocument[] Sample(ulong seed, int count)
    {
        ArchitectureSampler sampler = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next())];
    }
}
