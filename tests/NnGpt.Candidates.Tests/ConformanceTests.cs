using NnGpt.Corpus.Sampling;

namespace NnGpt.Candidates.Tests;

/// <summary>The same verdict, error class, parameters, state_dict, output and losses as PyTorch on the same file.</summary>
public sealed class ConformanceTests
{
    private static readonly string s_networks = Path.Combine(AppContext.BaseDirectory, "Networks");

    // Wrong ones have theirs; the text of tensors and the bounds of ctc_loss, which PyTorch does not check, are our own.
    private static readonly string[] s_noMistakes = ["wrong_", "text_forms", "pruning_ctc"];

    [Theory]
    [InlineData(CandidateContract.Lemur, "lemur")]
    [InlineData(CandidateContract.Plain, "plain")]
    public void Validate_NetworksOfAllKinds_AsPyTorch(CandidateContract contract, string folder)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        var files = Directory.GetFiles(Path.Combine(s_networks, folder), "*.py").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        Comparison.RequireSame(new ValidationRequest { Contract = contract }, files);
    }

    [Theory]
    [InlineData("lemur")]
    [InlineData("plain")]
    [InlineData("tokens")]
    public void Validate_BundledNetworks_AsPyTorch(string kind)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        InFolder(folder =>
        {
            var files = Directory.GetFiles(Path.Combine(s_networks, "bundles"), $"{kind}-*.txt").Order(StringComparer.Ordinal)
                .SelectMany(bundle => NetworkBundle.Unpack(bundle, folder)).ToList();
            Assert.NotEmpty(files);
            Comparison.RequireSame(Request(kind), files);
        });
    }

    // Architectures as published code and models write them, and networks that differ in one part; the line of an error too.
    [Theory]
    [InlineData("lemur")]
    [InlineData("plain")]
    [InlineData("tokens")]
    public void Validate_PublishedNetworks_AsPyTorch(string kind)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        InFolder(folder =>
        {
            var files = Directory.GetFiles(Path.Combine(s_networks, "published"), $"{kind}-*.txt").Order(StringComparer.Ordinal)
                .SelectMany(bundle => NetworkBundle.Unpack(bundle, folder)).ToList();
            Assert.NotEmpty(files);
            Comparison.RequireSame(Request(kind), files, lines: true);
        });
    }

    // What models get wrong: a number, a name, an argument, a missing or truncated line.
    [Theory]
    [InlineData("lemur", 250)]
    [InlineData("plain", 100)]
    [InlineData("tokens", 100)]
    public void Validate_NetworksWithAMistake_AsPyTorch(string kind, int count)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        InFolder(folder =>
        {
            var sources = Directory.GetFiles(Path.Combine(s_networks, "bundles"), $"{kind}-*.txt").Order(StringComparer.Ordinal)
                .SelectMany(bundle => NetworkBundle.Unpack(bundle, folder))
                .Concat(kind == "tokens" ? [] : Directory.GetFiles(Path.Combine(s_networks, kind), "*.py").Order(StringComparer.Ordinal))
                .Where(path => !s_noMistakes.Any(name => path.Contains(name, StringComparison.Ordinal))).ToList();
            var mistakes = new Mistakes(20261122);
            var files = new List<string>();
            for (var i = 0; i < count; i++)
            {
                var source = sources[i % sources.Count];
                var path = Path.Combine(folder, $"mistake{i:000}_{Path.GetFileName(source)}");
                File.WriteAllText(path, mistakes.In(File.ReadAllText(source)));
                files.Add(path);
            }

            Comparison.RequireSame(Request(kind), files);
        });
    }

    [Fact]
    public void Validate_SampledArchitectures_AsPyTorch()
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        InFolder(folder =>
        {
            var sampler = new ArchitectureSampler(7);
            var files = new List<string>();
            for (var i = 0; i < 100; i++)
            {
                var path = Path.Combine(folder, $"sample{i:000}.py");
                File.WriteAllText(path, sampler.Next().Source);
                files.Add(path);
            }

            Comparison.RequireSame(new ValidationRequest(), files);
        });
    }

    private static ValidationRequest Request(string kind) => kind switch
    {
        "lemur" => new ValidationRequest(),
        "plain" => new ValidationRequest { Contract = CandidateContract.Plain },
        _ => new ValidationRequest { Contract = CandidateContract.Plain, InShape = [2, 12], IntegerInput = true, Vocabulary = 100 },
    };

    private static void InFolder(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("nngpt-conformance-");
        try
        {
            test(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
