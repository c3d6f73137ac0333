using NnGpt.Corpus.Chat;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Designers;

/// <param name="Prompt">The messages to be answered.</param>
/// <param name="Sampling">Temperature and limits.</param>
/// <param name="Seeds">A seed for each answer.</param>
/// <param name="AdapterDigest">"sha256:..." of the adapter artifact; empty for the base model alone.</param>
internal sealed record DesignRequest(
    IReadOnlyList<ChatMessage> Prompt, SamplingSettings Sampling, IReadOnlyList<ulong> Seeds, string AdapterDigest);
