using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>
/// One or several linear layers that read the same input, with their weights stacked or one after another, and the low-rank update of
/// those that have one.
/// </summary>
/// <param name="Weight">(out, in), in the type of the computation.</param>
/// <param name="LoraA">(ranks, in): the A of all updated layers, stacked; null for none.</param>
/// <param name="LoraB">(out, ranks): their B, each in its own block and multiplied by the scale; null for none.</param>
/// <param name="Dropout">Dropout of the update's input while training.</param>
/// <param name="Further">Weights of the further layers where they are not stacked, so that those of a large model need no copy; null for none.</param>
internal sealed record Projection(
    Tensor Weight, Tensor? LoraA = null, Tensor? LoraB = null, double Dropout = 0, IReadOnlyList<Tensor>? Further = null)
{
    /// <summary>Every tensor that it holds.</summary>
    public IEnumerable<Tensor> Tensors => new[] { Weight, LoraA, LoraB }.OfType<Tensor>().Concat(Further ?? []);

    public Tensor Apply(Tensor x)
    {
        Tensor y = Further is null ? x.Linear(Weight) : Tensor.Cat([x.Linear(Weight), .. Further.Select(weight => x.Linear(weight))], -1);
        if (LoraA is null || LoraB is null)
        {
            return y;
        }
        Tensor input = Dropout > 0 ? x.Dropout(Dropout, training: true) : x;
        return y + input.Linear(LoraA).Linear(LoraB);
    }
}
