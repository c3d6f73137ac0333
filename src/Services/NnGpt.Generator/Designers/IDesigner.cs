using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Designers;

/// <summary>
/// A language model that answers the design prompt: the embedded engine, or a server that speaks the OpenAI API.
/// </summary>
internal interface IDesigner
{
    ModelInfo Model { get; }

    /// <summary>
    /// One answer per seed, in the order of the seeds. The same request gives the same texts.
    /// </summary>
    Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, CancellationToken cancellationToken);
}
