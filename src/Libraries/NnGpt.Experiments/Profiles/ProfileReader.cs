using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NnGpt.Experiments.Profiles;

/// <summary>The settings of a profile with their defaults and ranges, section by section.</summary>
internal static class ProfileReader
{
    private static readonly Dictionary<string, double> s_hyperparameters = new() { ["lr"] = 0.01, ["momentum"] = 0.9, ["dropout"] = 0.2 };

    public static ProfileParseResult Read(string yaml)
    {
        YamlNode? root;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count > 1)
                return Failed(0, "a profile is one YAML document; this text has several");
            root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            return Failed((int)e.Start.Line, $"not YAML: {e.Message}");
        }
        if (root is not YamlMappingNode mapping)
            return Failed(0, "a profile is a mapping of sections such as task, cycles and sampling; this text is none");

        var problems = new List<ProfileProblem>();
        var profile = Profile(new SectionReader(mapping, "", problems, []));
        return problems.Count == 0 ? new ProfileParseResult(profile, []) : new ProfileParseResult(null, problems);
    }

    public static IReadOnlyList<ProfileSetting> Describe()
    {
        var settings = new List<ProfileSetting>();
        Profile(new SectionReader(null, "", [], settings));
        return settings;
    }

    private static ProfileParseResult Failed(int line, string message) => new(null, [new ProfileProblem("", line, message)]);

    private static ExperimentProfile Profile(SectionReader root)
    {
        var profile = new ExperimentProfile(
            root.Name("name", "experiment"),
            root.Seed("seed", 1),
            Task(root.Section("task")),
            Cycles(root.Section("cycles")),
            Corpus(root.Section("corpus")),
            Sampling(root.Section("sampling")),
            Limits(root.Section("limits")),
            Admission(root.Section("admission")),
            FineTuning(root.Section("fine_tuning")),
            Stopping(root.Section("stopping")),
            Rescoring(root.Section("rescoring")));
        root.End();
        return profile;
    }

    private static TaskProfile Task(SectionReader section)
    {
        var task = new TaskProfile(
            section.Choice("dataset", "fashion-mnist", "fashion-mnist", "mnist", "cifar-10", "cifar-100"),
            section.Integer("train_images", 0, 0, 59_000),
            section.Integer("validation_images", 5_000, 100, 20_000),
            section.Seed("split_seed", 1),
            section.Integer("batch_size", 64, 1, 4_096),
            section.Choice("numerics", "exact", "exact", "fast", "bfloat16"),
            section.Choice("prompt", "short", "short", "full"),
            section.Numbers("hyperparameters", s_hyperparameters, 0, 10_000));
        int available = task.Dataset.StartsWith("cifar", StringComparison.Ordinal) ? 50_000 : 60_000;
        section.Require(task.TrainImages + task.ValidationImages <= available, "train_images", $"with validation_images it asks for {task.TrainImages + task.ValidationImages} images; the training split of {task.Dataset} has {available}");
        section.End();
        return task;
    }

    private static CyclesProfile Cycles(SectionReader section)
    {
        int candidates;
        var cycles = new CyclesProfile(
            section.Integer("count", 5, 1, 1_000),
            candidates = section.Integer("candidates", 48, 1, 10_000),
            section.Integer("first_cycle_candidates", candidates, 1, 10_000),
            section.Integer("batch", 16, 1, 256));
        section.End();
        return cycles;
    }

    private static CorpusProfile Corpus(SectionReader section)
    {
        const int Most = 100_000;
        string file = section.Text("file", "path of a corpus.jsonl, or of its folder", 1_000);
        var corpus = new CorpusProfile(section.Integer("documents", file.Length == 0 ? 2_000 : Most, 0, Most), section.Seed("seed", 1), file);
        section.End();
        return corpus;
    }

    private static SamplingProfile Sampling(SectionReader section)
    {
        var sampling = new SamplingProfile(
            section.Number("temperature", 0.8, 0.01, 5),
            section.Integer("top_k", 50, 0, 200_000),
            section.Number("top_p", 0.95, 0.01, 1),
            section.Integer("max_new_tokens", 1_024, 16, 16_384),
            section.Switch("syntax_guided", false));
        section.End();
        return sampling;
    }

    private static LimitsProfile Limits(SectionReader section)
    {
        var limits = new LimitsProfile(
            section.Long("parameters", 500_000, 1, 1_000_000_000),
            section.Long("macs_per_image", 30_000_000, 1, 1_000_000_000_000),
            section.Number("validation_seconds", 10, 0.1, 3_600),
            section.Number("training_seconds", 120, 1, 86_400),
            section.Integer("memory_megabytes", 2_048, 128, 1_048_576));
        section.End();
        return limits;
    }

    private static AdmissionProfile Admission(SectionReader section)
    {
        var admission = new AdmissionProfile(
            section.Number("accuracy_floor", 0.40, 0, 1),
            section.Number("accuracy_quantile", 0, 0, 0.99),
            section.Number("tau", 0.90, 0, 1),
            section.Number("retrieval", 0.85, 0.1, 0.99),
            section.Integer("permutations", 256, 16, 4_096),
            section.Integer("shingle", 10, 1, 100),
            section.Switch("novelty_filter", true));
        section.End();
        return admission;
    }

    private static FineTuningProfile FineTuning(SectionReader section)
    {
        string[] modules = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
        var fineTuning = new FineTuningProfile(
            section.Choice("enabled", "every_cycle", "every_cycle", "once", "never") switch
            {
                "once" => FineTuningSchedule.Once,
                "never" => FineTuningSchedule.Never,
                _ => FineTuningSchedule.EveryCycle,
            },
            section.Integer("rank", 16, 1, 512),
            section.Number("alpha", 32, 0.01, 10_000),
            section.Number("dropout", 0.05, 0, 0.9),
            section.Subset("target_modules", modules, modules),
            section.Ranges("layers_to_transform", 999),
            section.Choice("optimizer", "adamw_8bit", "adamw", "adamw_8bit", "paged_adamw_8bit"),
            section.Number("learning_rate", 1e-3, 1e-8, 1),
            section.Integer("epochs", 6, 1, 1_000),
            section.Integer("batch_size", 8, 1, 1_024),
            section.Integer("accumulation", 1, 1, 1_024),
            section.Integer("warmup_steps", 10, 0, 100_000),
            section.Number("weight_decay", 0.01, 0, 1),
            section.Number("max_grad_norm", 1, 0.001, 1_000),
            section.Switch("mask_prompt", true),
            section.Choice("examples", "above_threshold", "above_threshold", "admitted") == "above_threshold",
            section.Number("family_share", 1, 0.01, 1),
            section.Number("replay_share", 0.3, 0, 1),
            section.Choice("start_from", "previous", "previous", "base") == "previous");
        section.End();
        return fineTuning;
    }

    private static StoppingProfile Stopping(SectionReader section)
    {
        var stopping = new StoppingProfile(
            section.Switch("enabled", true), section.Number("epsilon", 0.005, 0, 1), section.Integer("patience", 3, 2, 100));
        section.End();
        return stopping;
    }

    private static RescoringProfile Rescoring(SectionReader section)
    {
        var rescoring = new RescoringProfile(section.Integer("top", 3, 0, 100), section.Integer("seeds", 3, 1, 100));
        section.End();
        return rescoring;
    }
}
