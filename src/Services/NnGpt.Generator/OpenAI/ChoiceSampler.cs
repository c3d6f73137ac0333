using System.Threading.Channels;
using NnGpt.Generator.Embedded;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Sampling;

namespace NnGpt.Generator.OpenAI;

/// <summary>Samples the choices of a request in the engine's batch.</summary>
internal sealed class ChoiceSampler(EmbeddedModel model)
{
    /// <summary>All choices, in order. When one fails, or the client is gone, the others are given up.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="adapter">Folder of the adapter; null for the base model.</param>
    /// <param name="pieces">Gets the text as it grows; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ChoiceText>> SampleAsync(
        GenerationRequest request, string? adapter, ChannelWriter<ChoicePiece>? pieces, CancellationToken cancellationToken) =>
        await AllOrNone.WhenAllAsync(
            token => Enumerable.Range(0, request.Choices).Select(index => SampleAsync(request, index, adapter, pieces, token)), cancellationToken);

    private async Task<ChoiceText> SampleAsync(
        GenerationRequest request, int index, string? adapter, ChannelWriter<ChoicePiece>? pieces, CancellationToken cancellationToken)
    {
        int[] prompt = request.Prompts[index / request.Count];
        var tokenizer = model.Encoder.Tokenizer;
        var text = new CompletionText(
            tokenizer,
            request.Stop,
            pieces is null ? null : piece => pieces.TryWrite(new ChoicePiece(index, piece, null)),
            request.SyntaxGuided ? new PythonGuide(tokenizer, contract: true) : null);
        var completion = await model.SampleAsync(
            new SamplingRequest(prompt, unchecked(request.Seed + (ulong)(index % request.Count)), text), request.Sampling, adapter, cancellationToken);
        var choice = new ChoiceText(index, text.Finish(), completion.FinishReason, completion.Tokens.Count);
        pieces?.TryWrite(new ChoicePiece(index, "", completion.FinishReason));
        return choice;
    }
}
