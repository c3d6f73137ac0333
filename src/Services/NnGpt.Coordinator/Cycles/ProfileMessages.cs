using NnGpt.Coordinator.Store;
using NnGpt.Data;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

/// <summary>The profile's settings as they travel with the messages.</summary>
internal static class ProfileMessages
{
    public static SamplingSettings Sampling(this ExperimentRow experiment)
    {
        var sampling = experiment.Profile.Sampling;
        return new SamplingSettings
        {
            Temperature = sampling.Temperature,
            TopK = sampling.TopK,
            TopP = sampling.TopP,
            MaxNewTokens = sampling.MaxNewTokens,
            Seed = experiment.Seed,
            SyntaxGuided = sampling.SyntaxGuided,
        };
    }

    public static TaskSettings Task(this ExperimentRow experiment)
    {
        var task = experiment.Profile.Task;
        var settings = new TaskSettings
        {
            Dataset = task.Dataset,
            TrainImages = task.TrainImages,
            ValidationImages = task.ValidationImages,
            SplitSeed = task.SplitSeed,
            BatchSize = task.BatchSize,
            Prompt = task.Prompt,
        };
        settings.Hyperparameters.Add("batch", task.BatchSize);
        foreach (var (name, value) in task.Hyperparameters)
            settings.Hyperparameters[name] = value;
        return settings;
    }

    public static LimitSettings Limits(this ExperimentRow experiment)
    {
        var limits = experiment.Profile.Limits;
        return new LimitSettings
        {
            Parameters = limits.Parameters,
            MacsPerImage = limits.MacsPerImage,
            ValidationSeconds = limits.ValidationSeconds,
            TrainingSeconds = limits.TrainingSeconds,
            MemoryBytes = limits.MemoryMegabytes * 1024L * 1024L,
        };
    }

    public static TrainingSettings Training(this ExperimentRow experiment) =>
        new() { Seed = experiment.Seed, EvaluateOn = "validation", Numerics = experiment.Profile.Task.Numerics };

    public static AdmissionSettings Admission(this ExperimentRow experiment, double threshold)
    {
        var admission = experiment.Profile.Admission;
        return new AdmissionSettings
        {
            AccuracyThreshold = threshold,
            JaccardThreshold = admission.Tau,
            RetrievalThreshold = admission.Retrieval,
            Permutations = admission.Permutations,
            ShingleSize = admission.Shingle,
            NoveltyFilter = admission.NoveltyFilter,
        };
    }

    public static FineTuningSettings FineTuning(this ExperimentRow experiment, int cycle)
    {
        var tuning = experiment.Profile.FineTuning;
        var settings = new FineTuningSettings
        {
            Rank = tuning.Rank,
            Alpha = tuning.Alpha,
            Dropout = tuning.Dropout,
            Optimizer = tuning.Optimizer,
            LearningRate = tuning.LearningRate,
            Epochs = tuning.Epochs,
            BatchSize = tuning.BatchSize,
            Accumulation = tuning.Accumulation,
            WarmupSteps = tuning.WarmupSteps,
            WeightDecay = tuning.WeightDecay,
            MaxGradNorm = tuning.MaxGradNorm,
            MaskPrompt = tuning.MaskPrompt,
            Seed = SplitMix64.Derive(experiment.Seed, cycle),
        };
        settings.TargetModules.Add(tuning.TargetModules);
        settings.LayersToTransform.Add(tuning.LayersToTransform ?? []);
        return settings;
    }
}
