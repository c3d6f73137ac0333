namespace NnGpt.Experiments.Profiles;

/// <summary>Every setting of an experiment. docs/experiments.md has them in a table.</summary>
/// <param name="Name">What experiments of this profile are called.</param>
/// <param name="Seed">Of everything random that has no seed of its own.</param>
/// <param name="Task">What candidates are trained on.</param>
/// <param name="Cycles">How many candidates.</param>
/// <param name="Corpus">What novelty is measured against.</param>
/// <param name="Sampling">Decoding.</param>
/// <param name="Limits">What a candidate may cost.</param>
/// <param name="Admission">What joins the corpus.</param>
/// <param name="FineTuning">LoRA between cycles.</param>
/// <param name="Stopping">The early stop.</param>
/// <param name="Rescoring">Final scores on the test split.</param>
public sealed record ExperimentProfile(
    string Name, ulong Seed, TaskProfile Task, CyclesProfile Cycles, CorpusProfile Corpus, SamplingProfile Sampling,
    LimitsProfile Limits, AdmissionProfile Admission, FineTuningProfile FineTuning, StoppingProfile Stopping, RescoringProfile Rescoring)
{
    /// <summary>Every setting there is, in the order of the sections.</summary>
    public static IReadOnlyList<ProfileSetting> Settings { get; } = ProfileReader.Describe();

    /// <summary>
    /// Reads the YAML text of a profile. What is not set has its default. Unknown settings, wrong types and values out
    /// of range are problems, all of which are reported at once.
    /// </summary>
    public static ProfileParseResult Parse(string yaml) => ProfileReader.Read(yaml);
}
