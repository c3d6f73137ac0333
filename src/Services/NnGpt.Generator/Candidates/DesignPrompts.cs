using NnGpt.Corpus.Prompts;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Candidates;

/// <summary>The design prompt that an experiment's settings ask for.</summary>
internal static class DesignPrompts
{
    /// <summary>Null when the data set is unknown.</summary>
    public static DesignPrompt? Of(TaskSettings task, LimitSettings limits) =>
        DesignTask.Of(task.Dataset, checked((int)limits.Parameters)) is { } design
            ? DesignPrompt.For(design, task.Prompt == "full" ? PromptWording.Full : PromptWording.Short)
            : null;
}
