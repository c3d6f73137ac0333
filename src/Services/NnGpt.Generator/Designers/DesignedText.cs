using NnGpt.Corpus.Chat;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Designers;

/// <param name="Text">The answer as the model wrote it.</param>
/// <param name="Origin">How it came to be.</param>
internal sealed record DesignedText(string Text, Origin Origin)
{
    /// <summary>The Python source in the answer; empty when there is none.</summary>
    public string Source { get; } = CodeBlock.Extract(Text).Source;
}
