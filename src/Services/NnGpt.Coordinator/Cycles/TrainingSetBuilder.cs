using System.Text;
using NnGpt.Coordinator.Artifacts;
using NnGpt.Coordinator.Store;
using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Sampling;
using NnGpt.Data;
using NnGpt.Experiments.Admission;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Chat pairs: the design prompt answered with admitted networks and with networks of the base corpus.</summary>
internal sealed class TrainingSetBuilder(BaseCorpus corpus, ArtifactStore artifacts)
{
    public const string MediaType = "application/jsonl";

    /// <summary>
    /// The training set after a cycle: admitted networks of all cycles, those above the current threshold first (and
    /// no others when the profile says so), then the replay. The same state gives the same bytes.
    /// </summary>
    /// <returns>The digest, or null when nothing was admitted yet.</returns>
    public async Task<string?> BuildAsync(
        ExperimentRow experiment, int cycle, IReadOnlyList<CandidateRow> admitted, IReadOnlyCollection<double> accuracies, CancellationToken cancellationToken)
    {
        double threshold = AccuracyThreshold.Of(experiment.Profile.Admission, accuracies);
        var above = admitted.Where(c => c.Accuracy >= threshold).ToList();
        var below = admitted.Where(c => !(c.Accuracy >= threshold)).ToList();
        List<CandidateRow> wanted = experiment.Profile.FineTuning.AboveThresholdOnly && above.Count > 0 ? above : [.. above, .. below];
        if (wanted.Count == 0)
            return null;
        var examples = FamilyQuota.Select(
            wanted, c => c.Validation?.Family ?? "", c => c.Accuracy ?? 0, experiment.Profile.FineTuning.FamilyShare);

        var prompt = PromptOf(experiment);
        var pairs = examples.Select(c => prompt.Answer(c.Source ?? ""))
            .Concat(Replay(experiment, cycle, examples.Count).Select(d => prompt.Answer(d.Source)));
        using var text = new StringWriter();
        ChatJsonl.Write(text, pairs);
        return (await artifacts.PutAsync(Encoding.UTF8.GetBytes(text.ToString()), MediaType, cancellationToken)).Digest;
    }

    /// <summary>The prompt that an experiment's candidates answer.</summary>
    public static DesignPrompt PromptOf(ExperimentRow experiment)
    {
        var task = DesignTask.Of(experiment.Profile.Task.Dataset, (int)Math.Min(experiment.Profile.Limits.Parameters, int.MaxValue))
            ?? throw new InvalidOperationException($"The data set {experiment.Profile.Task.Dataset} is not in the catalogue.");
        return DesignPrompt.For(task, experiment.Profile.Task.Prompt == "full" ? PromptWording.Full : PromptWording.Short);
    }

    // share = replay / (replay + examples); drawn without repetition by a seed of the cycle.
    private CorpusDocument[] Replay(ExperimentRow experiment, int cycle, int examples)
    {
        double share = experiment.Profile.FineTuning.ReplayShare;
        if (share == 0)
            return [];
        var documents = corpus.Documents(experiment.Profile.Corpus);
        int count = share == 1 ? documents.Count : (int)Math.Min(documents.Count, Math.Round(examples * share / (1 - share)));
        int[] order = SplitMix64.Permutation(documents.Count, SplitMix64.Derive(experiment.Seed, cycle));
        return [.. order.Take(count).Select(i => documents[i])];
    }
}
