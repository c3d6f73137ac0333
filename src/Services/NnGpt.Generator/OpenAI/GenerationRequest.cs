using NnGpt.LanguageModel.Sampling;

namespace NnGpt.Generator.OpenAI;

/// <summary>What a client asked for, checked, before its model is known.</summary>
/// <param name="Model">Name of the base model or of an adapter.</param>
/// <param name="Prompts">Token ids of each prompt.</param>
/// <param name="Count">Choices for each prompt.</param>
/// <param name="Seed">Of a prompt's first choice; the next has the next seed.</param>
/// <param name="Sampling">How tokens are drawn; <see cref="SamplingOptions.MaxNewTokens"/> is the client's.</param>
/// <param name="Stop">Texts that end a choice.</param>
/// <param name="Stream">Answer in server-sent events.</param>
/// <param name="IncludeUsage">End the events with the token counts.</param>
/// <param name="SyntaxGuided">Refuse tokens that no Python module could go on with.</param>
internal sealed record GenerationRequest(
    string Model, IReadOnlyList<int[]> Prompts, int Count, ulong Seed, SamplingOptions Sampling, IReadOnlyList<string> Stop, bool Stream, bool IncludeUsage,
    bool SyntaxGuided)
{
    public int Choices => Prompts.Count * Count;
}
