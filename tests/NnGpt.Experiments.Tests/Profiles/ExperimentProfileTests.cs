using NnGpt.Experiments.Profiles;

namespace NnGpt.Experiments.Tests.Profiles;

public sealed class ExperimentProfileTests
{
    [Theory]
    [InlineData("quickstart")]
    [InlineData("paper")]
    [InlineData("smoke")]
    [InlineData("demo")]
    public void Parse_ShippedProfile_HasNoProblemsAndBearsItsFileName(string name)
    {
        var result = ExperimentProfile.Parse(File.ReadAllText(RepositoryFile("profiles", $"{name}.yaml")));

        Assert.Empty(result.Problems);
        Assert.Equal(name, result.Profile!.Name);
    }

    [Fact]
    public void Parse_Paper_HasThePapersFigures()
    {
        var profile = ExperimentProfile.Parse(File.ReadAllText(RepositoryFile("profiles", "paper.yaml"))).Profile!;

        Assert.Equal(new SamplingProfile(0.2, 50, 0.9, 2048, SyntaxGuided: false), profile.Sampling);
        Assert.Equal(new AdmissionProfile(0.4, 0, 0.9, 0.85, 256, 10, true), profile.Admission);
        Assert.Equal(new StoppingProfile(true, 0.005, 3), profile.Stopping);
        var tuning = profile.FineTuning;
        Assert.Equal((32, 32d, 0.05, 1e-5, 5, 1, 4, 20), (tuning.Rank, tuning.Alpha, tuning.Dropout, tuning.LearningRate, tuning.Epochs, tuning.BatchSize, tuning.Accumulation, tuning.WarmupSteps));
        Assert.Equal(22, profile.Cycles.Count);
        Assert.Equal(7, tuning.TargetModules.Count);
        Assert.Equal("paged_adamw_8bit", tuning.Optimizer);
        Assert.Equal(Enumerable.Range(0, 24), tuning.LayersToTransform);
    }

    [Fact]
    public void Parse_NothingSet_HasTheDefaults()
    {
        var profile = ExperimentProfile.Parse("seed: 7").Profile!;

        Assert.Equal(7UL, profile.Seed);
        Assert.Equal(500_000, profile.Limits.Parameters);
        Assert.Equal(profile.Cycles.Candidates, profile.Cycles.FirstCycleCandidates);
        Assert.Equal(0.9, profile.Task.Hyperparameters["momentum"]);
        Assert.Null(profile.FineTuning.LayersToTransform);
    }

    [Theory]
    [InlineData("all", null)]
    [InlineData("[2, 0-1, 5]", new[] { 0, 1, 2, 5 })]
    public void Parse_LayersToTransform_AreNumbersAndRanges(string written, int[]? layers) => Assert.Equal(
        layers, ExperimentProfile.Parse($"fine_tuning:\n  layers_to_transform: {written}").Profile!.FineTuning.LayersToTransform);

    [Theory]
    [InlineData("sampling:\n  temperature: 9", "sampling.temperature", 2, "sampling.temperature is 9; it must be a number in 0.01..5")]
    [InlineData("sampling:\n  temperature: NaN", "sampling.temperature", 2, "is NaN")]
    [InlineData("sampling:\n  top_k: 1.5", "sampling.top_k", 2, "is 1.5; it must be a whole number in 0..200000")]
    [InlineData("sampling:\n  top_k: \"3\"", "sampling.top_k", 2, "is \"3\"")]
    [InlineData("sampling:\n  top_k:", "sampling.top_k", 2, "is empty")]
    [InlineData("sampling:\n  top_k: [1]", "sampling.top_k", 2, "is a list")]
    [InlineData("sampling: 3", "sampling", 1, "must be a section")]
    [InlineData("task:\n  dataset: imagenet", "task.dataset", 2, "one of fashion-mnist, mnist, cifar-10, cifar-100")]
    [InlineData("task:\n  train_images: 59000\n  validation_images: 2000", "task.train_images", 2, "61000 images; the training split of fashion-mnist has 60000")]
    [InlineData("task:\n  hyperparameters: { lr: fast }", "task.hyperparameters.lr", 2, "is fast")]
    [InlineData("cycles:\n  count: 0", "cycles.count", 2, "in 1..1000")]
    [InlineData("seed: -1", "seed", 1, "is -1")]
    [InlineData("admission:\n  novelty_filter: maybe", "admission.novelty_filter", 2, "true or false")]
    [InlineData("fine_tuning:\n  target_modules: [q_proj, lm_head]", "fine_tuning.target_modules", 2, "a list of one or more of")]
    [InlineData("fine_tuning:\n  layers_to_transform: [3-1]", "fine_tuning.layers_to_transform", 2, "all, or a list of numbers and ranges in 0..999")]
    [InlineData("fine_tuning:\n  layers_to_transform: 3", "fine_tuning.layers_to_transform", 2, "is 3")]
    [InlineData("fine_tuning:\n  optimizer: sgd", "fine_tuning.optimizer", 2, "one of adamw, adamw_8bit, paged_adamw_8bit")]
    [InlineData("fine_tuning:\n  enabled: often", "fine_tuning.enabled", 2, "one of every_cycle, once, never")]
    [InlineData("sampling:\n  temprature: 0.3", "sampling.temprature", 2, "is no setting; sampling has temperature")]
    [InlineData("colour: red", "colour", 1, "is no setting; a profile has name")]
    [InlineData("name: ../x", "name", 1, "1 to 40 letters")]
    public void Parse_WrongSetting_IsNamedWithItsValueAndRange(string yaml, string path, int line, string part)
    {
        var result = ExperimentProfile.Parse(yaml);

        Assert.Null(result.Profile);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((path, line), (problem.Path, problem.Line));
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("a: [")]
    [InlineData("a: 1\na: 2")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("&a [*a]")]
    public void Parse_NoProfileAtAll_IsOneProblem(string yaml)
    {
        var result = ExperimentProfile.Parse(yaml);

        Assert.Null(result.Profile);
        Assert.Single(result.Problems);
    }

    [Fact]
    public void Parse_SeveralWrongSettings_ReportsAll() =>
        Assert.Equal(3, ExperimentProfile.Parse("seed: x\nsampling: { top_p: 2 }\nlimits: { parameters: 0 }").Problems.Count);

    [Fact]
    public void Parse_CorpusFile_TakesAllOfItUnlessANumberIsGiven()
    {
        Assert.Equal(new CorpusProfile(2_000, 1), Profile("corpus: {seed: 1}"));
        Assert.Equal(new CorpusProfile(100_000, 1, "my corpus/corpus.jsonl"), Profile("corpus:\n  file: my corpus/corpus.jsonl"));
        Assert.Equal(new CorpusProfile(849, 1, "lemur"), Profile("corpus: {documents: 849, file: lemur}"));
        Assert.Equal("corpus.file", Assert.Single(ExperimentProfile.Parse("corpus: {file: [a]}\nseed: 1").Problems).Path);

        static CorpusProfile Profile(string yaml) => ExperimentProfile.Parse(yaml).Profile!.Corpus;
    }

    [Theory]
    [InlineData("corpus:\n  file: my corpus  # mine\n  seed: 2\n", "corpus:\n  file: sha256:ab  # mine\n  seed: 2\n")]
    [InlineData("# größer 🙂\r\ncorpus: {file: 'it''s', seed: 2}\r\nseed: 3\r\n", "# größer 🙂\r\ncorpus: {file: sha256:ab, seed: 2}\r\nseed: 3\r\n")]
    [InlineData("seed: 3\ncorpus:\n  file: \"a\\x62\"", "seed: 3\ncorpus:\n  file: sha256:ab")]
    public void WithCorpusFile_ProfileThatHasOne_ChangesNothingElse(string yaml, string expected) =>
        Assert.Equal(expected, ExperimentProfile.WithCorpusFile(yaml, "sha256:ab"));

    [Theory]
    [InlineData("seed: 1")]
    [InlineData("corpus: {seed: 1}")]
    public void WithCorpusFile_ProfileWithoutOne_Throws(string yaml) =>
        Assert.Throws<ArgumentException>(() => ExperimentProfile.WithCorpusFile(yaml, "sha256:ab"));

    [Fact]
    public void Settings_AllOfThem_AreInTheDocumentation()
    {
        string[] rows = File.ReadAllLines(RepositoryFile("docs", "experiments.md"));

        Assert.All(ExperimentProfile.Settings, setting => Assert.Contains(rows, row =>
            row.StartsWith($"| `{setting.Path}` | `{setting.Default}` | {setting.Range} |", StringComparison.Ordinal)));
    }

    private static string RepositoryFile(params string[] parts)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "NnGpt.sln")))
            directory = directory.Parent;
        return Path.Combine([directory.FullName, .. parts]);
    }
}
