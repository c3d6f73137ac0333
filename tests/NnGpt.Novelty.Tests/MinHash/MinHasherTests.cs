using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.MinHash;

public sealed class MinHasherTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(100)]
    [InlineData(3)]
    public void Sign_AnyLength_EqualsTheScalarReference(int permutations)
    {
        var hasher = new MinHasher(permutations);
        var shingles = ShingleSet.Create(PythonTokens.Read(SyntheticSources.Pair(1, 300, 1).Original), 10);

        Assert.Equal(hasher.SignScalar(shingles).Values, hasher.Sign(shingles).Values);
        Assert.Equal(hasher.SignScalar([]).Values, hasher.Sign([]).Values);
    }

    [Fact]
    public void Sign_Version1_NeverChanges()
    {
        var signature = DocumentSigner.Sign("class Net(nn.Module):\n    def forward(self, x):\n        return self.fc(x)\n", new NoveltySettings());

        Assert.Equal(1, MinHasher.Version);
        Assert.Equal([241329605u, 189646603u, 509731035u], signature.Values[..3]);
    }

    [Fact]
    public void EstimateJaccard_ManyPairs_IsUnbiasedWithTheBinomialError()
    {
        var settings = new NoveltySettings();
        double squares = 0, expectedSquares = 0, bias = 0;
        int n = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            for (int changes = 0; changes <= 8; changes += 2)
            {
                var (a, b) = SyntheticSources.Pair(seed, 250, changes);
                double exact = DocumentSigner.ExactJaccard(a, b, settings.ShingleSize);
                double error = DocumentSigner.Sign(a, settings).EstimateJaccard(DocumentSigner.Sign(b, settings)) - exact;
                bias += error;
                squares += error * error;
                expectedSquares += exact * (1 - exact) / settings.Permutations;
                n++;
            }
        }

        Assert.InRange(bias / n, -0.003, 0.003);
        Assert.InRange(Math.Sqrt(squares / expectedSquares), 0.85, 1.15);
    }

    [Fact]
    public void ToBytes_AndBack_IsTheSame()
    {
        var signature = new MinHasher(256).Sign([1, 2, 3]);

        Assert.Equal(1024, signature.ToBytes().Length);
        Assert.Equal(signature.Values, MinHashSignature.FromBytes(signature.ToBytes()).Values);
        Assert.Throws<ArgumentException>(() => MinHashSignature.FromBytes(new byte[5]));
    }
}
