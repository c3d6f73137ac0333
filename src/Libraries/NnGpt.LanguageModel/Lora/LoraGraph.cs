using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Lora;

/// <summary>Puts an adapter onto a model's graph without merging it, so that gradients reach its factors.</summary>
internal static class LoraGraph
{
    private static readonly Operator s_blockDiagonal = Operators.Get("block_diag");

    public static LlamaGraph Attach(LlamaGraph graph, LoraAdapter adapter, bool training)
    {
        Projection With(Projection projection, int layer, params string[] modules)
        {
            LoraPair?[] pairs = [.. modules.Select(module => adapter.Pairs.GetValueOrDefault(LlamaWeights.ModulePath(layer, module)))];
            if (pairs.All(static pair => pair is null))
            {
                return projection;
            }
            Tensor[] blocks = [.. modules.Zip(pairs, (module, pair) => pair?.B ?? Tensor.Zeros([LoraAdapter.Sizes(graph.Config, module).Outputs, 0]))];
            Tensor a = Tensor.Cat([.. pairs.OfType<LoraPair>().Select(static pair => pair.A)]);
            Tensor b = (blocks.Length == 1 ? blocks[0] : s_blockDiagonal.Call(blocks)) * adapter.Config.Scale;
            return projection with { LoraA = a.To(graph.Dtype), LoraB = b.To(graph.Dtype), Dropout = training ? adapter.Config.Dropout : 0 };
        }
        return graph.WithLayers([.. graph.Layers.Select((layer, i) => layer with
        {
            Qkv = With(layer.Qkv, i, "q_proj", "k_proj", "v_proj"),
            Output = With(layer.Output, i, "o_proj"),
            GateUp = With(layer.GateUp, i, "gate_proj", "up_proj"),
            Down = With(layer.Down, i, "down_proj"),
        })]);
    }
}
