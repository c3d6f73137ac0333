using NnGpt.Corpus.Sampling;

namespace NnGpt.Candidates.Tests;

/// <summary>The same verdict, error class, parameters, state_dict, output and losses as PyTorch on the same file.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData(CandidateContract.Lemur, "lemur")]
    [InlineData(CandidateContract.Plain, "plain")]
    public void Validate_NetworksOfAllKinds_AsPyTorch(CandidateContract contract, string folder)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Networks", folder), "*.py").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(Comparison.Differences(contract, files));
    }

    [Fact]
    public void Validate_SampledArchitectures_AsPyTorch()
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        var folder = Directory.CreateTempSubdirectory("nngpt-sampled-");
        try
        {
            var sampler = new ArchitectureSampler(7);
            var files = new List<string>();
            for (var i = 0; i < 100; i++)
            {
                var path = Path.Combine(folder.FullName, $"sample{i:000}.py");
                File.WriteAllText(path, sampler.Next().Source);
                files.Add(path);
            }

            Assert.Empty(Comparison.Differences(CandidateContract.Lemur, files));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
