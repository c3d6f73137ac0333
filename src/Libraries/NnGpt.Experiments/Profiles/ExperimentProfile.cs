using YamlDotNet.RepresentationModel;

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

    /// <summary>The text of a profile that has <c>corpus.file</c>, with another value there and the rest as it was.</summary>
    /// <param name="yaml">A text that <see cref="Parse"/> accepts.</param>
    /// <param name="file">The new value; a digest, or another text that is a plain scalar of YAML.</param>
    /// <exception cref="ArgumentException">The profile names no file, or not by a plain or quoted scalar.</exception>
    public static string WithCorpusFile(string yaml, string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents[0].RootNode is YamlMappingNode root
            && root.Children.TryGetValue("corpus", out var section) && section is YamlMappingNode corpus
            && corpus.Children.TryGetValue("file", out var value))
        {
            string changed = string.Concat(yaml.AsSpan(0, (int)value.Start.Index), file, yaml.AsSpan((int)value.End.Index));
            if (Parse(changed).Profile?.Corpus.File == file)
                return changed;
        }
        throw new ArgumentException("corpus.file is no plain or quoted text", nameof(yaml));
    }
}
