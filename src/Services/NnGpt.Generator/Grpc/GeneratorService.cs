using Grpc.Core;
using NnGpt.Corpus.Chat;
using NnGpt.Generator.Candidates;
using NnGpt.Generator.Designers;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Grpc;

/// <summary>Direct calls: a few designs without an experiment.</summary>
internal sealed class GeneratorService(IDesigner designer) : Protocol.V1.Generator.GeneratorBase
{
    private const int MaxCount = 256;
    private const int MaxPromptCharacters = 64 * 1024;

    public override Task<ModelInfo> GetModel(GetModelRequest request, ServerCallContext context) => Task.FromResult(designer.Model);

    public override async Task Generate(GenerateRequest request, IServerStreamWriter<GeneratedText> responseStream, ServerCallContext context)
    {
        if (request.Count is < 1 or > MaxCount)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"count is {request.Count}; it must be 1 to {MaxCount}"));
        }

        if (request.Prompt.Length > MaxPromptCharacters)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"the prompt has {request.Prompt.Length} characters; at most {MaxPromptCharacters} are taken"));
        }

        var sampling = request.Sampling ?? throw new RpcException(new Status(StatusCode.InvalidArgument, "sampling is missing"));
        ulong[] seeds = [.. Enumerable.Range(0, request.Count).Select(index => CandidateSeed.Of(sampling.Seed, 0, index))];
        var texts = await designer.DesignAsync(new DesignRequest(Prompt(request), sampling, seeds, request.AdapterDigest), context.CancellationToken);
        for (int i = 0; i < texts.Count; i++)
        {
            await responseStream.WriteAsync(
                new GeneratedText { Index = i, Text = texts[i].Text, Source = texts[i].Source, Origin = texts[i].Origin },
                context.CancellationToken);
        }
    }

    private static IReadOnlyList<ChatMessage> Prompt(GenerateRequest request)
    {
        if (request.Prompt.Length > 0)
        {
            return [new ChatMessage(ChatRole.User, request.Prompt)];
        }

        if (request.Task is null || request.Limits is null)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "give a prompt, or task and limits"));
        }

        return DesignPrompts.Of(request.Task, request.Limits)?.Messages
            ?? throw new RpcException(new Status(StatusCode.InvalidArgument, $"task.dataset '{request.Task.Dataset}' is unknown"));
    }
}
