using System.Security.Cryptography;
using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Lora;

/// <summary>
/// Tells base models of one shape apart, so that an adapter is not used with another one than it was trained on: a digest of the norms
/// and of the first embeddings, which are few and differ after every training, in bfloat16, which a copy in another element type shares.
/// </summary>
internal static class BaseModelFingerprint
{
    private const long Embeddings = 16;

    public static string Of(LlamaWeights weights)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Tensor embedding = weights["model.embed_tokens.weight"].Detach();
        hash.AppendData(embedding.Narrow(0, 0, Math.Min(Embeddings, embedding.Size(0))).To(Dtype.BFloat16).ToBytes());
        foreach ((_, Tensor tensor) in weights.Tensors.Where(static pair => pair.Key.EndsWith("norm.weight", StringComparison.Ordinal)).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(tensor.Detach().To(Dtype.BFloat16).ToBytes());
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
