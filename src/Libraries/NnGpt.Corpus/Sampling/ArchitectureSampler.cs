using NnGpt.Corpus.Sampling.Families;

namespace NnGpt.Corpus.Sampling;

/// <summary>
/// Draws PyTorch networks as Python source text. Every network keeps the candidate contract and runs on images of
/// 28x28x1 and 32x32x3; families, code styles and the quality of the designs vary. The sequence follows from the seed
/// alone, and no text is returned twice.
/// </summary>
public sealed class ArchitectureSampler
{
    private static readonly IArchitectureFamily[] s_families =
    [
        new PlainFamily(), new VggFamily(), new ResidualFamily(), new PreActivationFamily(), new BottleneckFamily(),
        new SeparableFamily(), new InvertedResidualFamily(), new SqueezeExciteFamily(), new DenseFamily(),
        new InceptionFamily(), new FireFamily(), new MlpFamily(), new MlpMixerFamily(), new ConvMixerFamily(),
        new ConvNextFamily(), new AttentionFamily(), new RecurrentFamily(), new CompactFamily(), new ShuffleFamily(),
        new HighwayFamily(),
    ];

    private readonly RandomSource _random;
    private readonly HashSet<string> _seen = [];

    /// <summary>A sampler whose documents follow from <paramref name="seed"/>.</summary>
    public ArchitectureSampler(ulong seed) => _random = new RandomSource(seed);

    /// <summary>The names of all families.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. s_families.Select(family => family.Name)];

    /// <summary>The next network; all families are as likely as each other.</summary>
    public CorpusDocument Next()
    {
        while (true)
        {
            IArchitectureFamily family = _random.Pick(s_families);
            Draft draft = new();
            family.Write(draft, new Taste(_random));
            CorpusDocument document = CorpusDocument.Of(family.Name, draft.Assemble(TrainingStyle.Draw(_random)));
            if (_seen.Add(document.Id))
            {
                return document;
            }
        }
    }
}
