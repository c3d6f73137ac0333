using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// The networks that are known, and how another one relates to them. Not for concurrent use. Classifying merges the network's
/// sorted histogram, a few hundred numbers, with that of every known network.
/// </summary>
public sealed class StructureIndex
{
    /// <summary>A graph similarity from which a network is a near-duplicate: tau of the token measure.</summary>
    public const double NearDuplicate = 0.90;

    private const int Examples = 5;

    private readonly List<(string Name, NetworkStructure Structure)> _known = [];
    private readonly Dictionary<string, (int Count, List<string> Names)> _motifs = new(StringComparer.Ordinal);

    /// <summary>Networks of the corpus.</summary>
    public int Corpus { get; private set; }

    /// <summary>Admitted candidates.</summary>
    public int Admitted => _known.Count - Corpus;

    /// <summary>Makes a network known.</summary>
    public void Add(string name, NetworkStructure structure, bool ofCorpus)
    {
        _known.Add((name, structure));
        Corpus += ofCorpus ? 1 : 0;
        foreach (string motif in structure.Motifs.Select(m => m.Id).Distinct())
        {
            var (count, names) = _motifs.TryGetValue(motif, out var entry) ? entry : (0, []);
            if (names.Count < Examples)
                names.Add(name);
            _motifs[motif] = (count + 1, names);
        }
    }

    /// <summary>How a network relates to those that are known; it is not added.</summary>
    public StructureVerdict Classify(NetworkStructure structure)
    {
        var (nearest, similarity) = Nearest(structure);
        var verdict = new StructureVerdict
        {
            Fingerprint = structure.Fingerprint,
            Similarity = similarity,
            Nearest = nearest,
            Corpus = Corpus,
            Admitted = Admitted,
            UnusedParameters = structure.UnusedParameters,
        };
        foreach (var motif in structure.Motifs)
        {
            var use = new MotifUse { Motif = motif.Id, Text = motif.Text, Location = motif.Location, New = true };
            if (_motifs.TryGetValue(motif.Id, out var known))
            {
                use.New = false;
                use.KnownIn = known.Count;
                use.Examples.Add(known.Names);
            }
            verdict.Motifs.Add(use);
        }
        verdict.Class = similarity == 1 ? StructureClass.Copy
            : similarity >= NearDuplicate ? StructureClass.NearDuplicate
            : verdict.Motifs.All(m => !m.New) ? StructureClass.Recombination
            : StructureClass.NewMotif;
        return verdict;
    }

    // Of equally near ones the one known first.
    private (string Name, double Similarity) Nearest(NetworkStructure structure)
    {
        string nearest = "";
        double best = -1;
        foreach (var (name, known) in _known)
        {
            if (structure.Histogram.Bound(known.Histogram) <= best)
                continue;
            double similarity = structure.SimilarityTo(known);
            if (similarity > best)
                (nearest, best) = (name, similarity);
        }
        return (nearest, Math.Max(0, best));
    }
}
