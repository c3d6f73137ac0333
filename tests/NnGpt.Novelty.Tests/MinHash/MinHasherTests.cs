using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.MinHash;

public sealed class MinHasherTests
{
    private const string Source = "class Net(nn.Module):\n    def forward(self, x):\n        return self.fc(x)\n";

    [Theory]
    [InlineData(256)]
    [InlineData(100)]
    [InlineData(3)]
    [InlineData(512)]
    public void Sign_EveryKernel_GivesTheScalarReferencesBits(int permutations)
    {
        var random = new Random(permutations);
        var reference = new MinHasher(permutations, MinHashKernel.Scalar);
        foreach (int count in new[] { 0, 1, 2, 300, 1024, 2500 })
        {
            ulong[] shingles = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
            var expected = reference.Sign(shingles);
            Assert.Equal(permutations, expected.Values.Length);
            foreach (var kernel in new[] { MinHashKernel.Vector256, MinHashKernel.Vector512 })
                Assert.Equal(expected.Values, new MinHasher(permutations, kernel).Sign(shingles).Values);
        }
    }

    [Fact]
    public void Sign_RepeatedShinglesOrTheSet_IsTheSame()
    {
        var hasher = new MinHasher(256);
        ulong[] shingles = PythonShingles.Read(SyntheticSources.Pair(1, 300, 1).Original);

        Assert.Equal(hasher.Sign(shingles).Values, hasher.Sign([.. shingles, .. shingles.Reverse()]).Values);
        Assert.Equal(hasher.Sign(shingles).Values, hasher.Sign(ShingleSet.Of(shingles)).Values);
    }

    [Fact]
    public void Sign_Version2_NeverChanges()
    {
        var signature = new MinHasher(256).SignSource(Source);

        Assert.Equal(2, MinHasher.Version);
        Assert.Equal([206022051u, 492155092u, 374983333u], signature.Values[..3]);
        Assert.Equal(238510256u, signature.Values[255]);
    }

    [Fact]
    public void EstimateJaccard_ManyPairs_IsUnbiasedWithTheBinomialError()
    {
        var settings = new NoveltySettings();
        double squares = 0, expectedSquares = 0, bias = 0;
        int n = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            for (int changes = 0; changes <= 8; changes += 2)
            {
                var (a, b) = SyntheticSources.Pair(seed, 250, changes);
                var (left, right) = (SignedDocument.Create(a, settings), SignedDocument.Create(b, settings));
                double exact = left.Shingles.Jaccard(right.Shingles);
                double error = left.Signature.EstimateJaccard(right.Signature) - exact;
                bias += error;
                squares += error * error;
                expectedSquares += exact * (1 - exact) / settings.Permutations;
                n++;
            }
        }

        Assert.InRange(bias / n, -0.002, 0.002);
        Assert.InRange(Math.Sqrt(squares / expectedSquares), 0.9, 1.1);
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
