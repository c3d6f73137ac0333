using NnGpt.Novelty;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Novelty;

/// <summary>Compares one source with the documents of an experiment as they arrive, and keeps the nearest.</summary>
internal sealed class NeighbourSearch(string source, int count)
{
    private readonly PriorityQueue<NoveltyNeighbour, double> _nearest = new();
    private NoveltySettings? _settings;
    private SignedDocument? _asked;
    private NoveltyNeighbour? _train;
    private NoveltyNeighbour? _generated;
    private int _documents;

    public void Compare(IndexDocument document)
    {
        _settings ??= new NoveltySettings(document.Admission.JaccardThreshold, ShingleSize: document.Admission.ShingleSize);
        _asked ??= SignedDocument.Create(source, _settings);
        double jaccard = _asked.Shingles.Jaccard(SignedDocument.Create(document.Source, _settings).Shingles);
        var neighbour = new NoveltyNeighbour(document.Id, document.Admitted ? "admitted" : "corpus", jaccard);
        _documents++;
        if (document.Admitted && jaccard > (_generated?.Jaccard ?? 0))
            _generated = neighbour;
        if (!document.Admitted && jaccard > (_train?.Jaccard ?? 0))
            _train = neighbour;
        _nearest.Enqueue(neighbour, jaccard);
        if (_nearest.Count > count)
            _nearest.Dequeue();
    }

    public NoveltyReport Report(string experiment)
    {
        double tau = (_settings ?? new NoveltySettings()).JaccardThreshold;
        return new NoveltyReport(
            experiment,
            _documents,
            Math.Max(_train?.Jaccard ?? 0, _generated?.Jaccard ?? 0) <= tau,
            tau,
            _train?.Jaccard ?? 0,
            _train?.Id ?? "",
            _generated?.Jaccard ?? 0,
            _generated?.Id ?? "",
            [.. _nearest.UnorderedItems.Select(item => item.Element).OrderByDescending(n => n.Jaccard).ThenBy(n => n.Id, StringComparer.Ordinal)]);
    }
}
