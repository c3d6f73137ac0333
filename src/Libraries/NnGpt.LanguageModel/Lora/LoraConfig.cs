namespace NnGpt.LanguageModel.Lora;

/// <summary>What a low-rank adapter changes (Hu et al., LoRA): W x becomes W x + alpha / r * B A x.</summary>
public sealed record LoraConfig
{
    /// <summary>The projections of a layer that can be adapted.</summary>
    public static IReadOnlyList<string> Projections { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>r: rank of the update.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>alpha: the update is multiplied by alpha / r.</summary>
    public double Alpha { get; init; } = 32;

    /// <summary>Dropout of the update's input while training.</summary>
    public double Dropout { get; init; }

    /// <summary>Names of adapted projections.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } = Projections;

    /// <summary>Adapted layers, from 0; null for all.</summary>
    public IReadOnlyList<int>? LayersToTransform { get; init; }

    /// <summary>Name of the base model, for the adapter's files.</summary>
    public string? BaseModelName { get; init; }

    /// <summary>Digest of the base model that the adapter was trained on, which loading it elsewhere is refused by; null when unknown.</summary>
    public string? BaseModelFingerprint { get; init; }

    /// <summary>alpha / r.</summary>
    public double Scale => Alpha / Rank;

    internal void Validate(int layers)
    {
        string? fault =
            Rank < 1 ? "the rank is not positive"
            : Dropout is < 0 or >= 1 ? "the dropout is not in [0, 1)"
            : LayersToTransform?.Count == 0 ? "there are no layers to transform"
            : TargetModules.Count == 0 ? "there are no target modules"
            : TargetModules.FirstOrDefault(static module => !Projections.Contains(module)) is { } unknown ? $"'{unknown}' is no projection of a LLaMA layer"
            : LayersToTransform?.Any(layer => layer < 0 || layer >= layers) == true ? $"layers_to_transform names a layer that the model of {layers} layers does not have"
            : null;
        if (fault is not null)
        {
            throw new ArgumentException($"LoRA: {fault}");
        }
    }
}
