using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Records;

namespace NnGpt.Curation.Export;

/// <summary>
/// Networks as chat pairs. Each network answers the design prompt of every task, by default the paper's two: an MNIST wording
/// (28x28 grey) and a CIFAR-10 wording (32x32 colour) with identical code.
/// </summary>
public sealed class ChatExport
{
    /// <summary>The paper's two tasks.</summary>
    public static IReadOnlyList<string> DualTask { get; } = ["mnist", "cifar-10"];

    private readonly IReadOnlyList<DesignPrompt> _prompts;
    private readonly bool _fenced;

    /// <param name="dataSets">Tasks, by data sets of the catalogue.</param>
    /// <param name="wording">Of the prompts. The full one asks for a code block, so the answer is one; the short one gets bare code.</param>
    /// <param name="parameterBudget">The budget that the prompts state.</param>
    /// <exception cref="ArgumentException">A data set is unknown.</exception>
    public ChatExport(IEnumerable<string> dataSets, PromptWording wording, int parameterBudget)
    {
        _fenced = wording == PromptWording.Full;
        _prompts = [.. dataSets.Select(name => DesignPrompt.For(
            DesignTask.Of(name, parameterBudget) ?? throw new ArgumentException($"the data set '{name}' is unknown", nameof(dataSets)), wording))];
    }

    /// <summary>The pairs of a network, one a task.</summary>
    public IEnumerable<ChatPair> Pairs(CorpusRecord record) =>
        _prompts.Select(prompt => prompt.Answer(_fenced ? $"```python\n{record.Source.TrimEnd('\n')}\n```" : record.Source));
}
