using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>One decoder layer, ready to be computed: norms in float32, projections in the type of the computation.</summary>
internal sealed record LlamaLayer(Tensor InputNorm, Projection Qkv, Projection Output, Tensor PostNorm, Projection GateUp, Projection Down);
