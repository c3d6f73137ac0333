namespace NnGpt.Curation.Reading;

/// <summary>Several sources, one after the other.</summary>
public sealed class CombinedSource(IReadOnlyList<IRecordSource> sources) : IRecordSource
{
    /// <inheritdoc />
    public SourceShape Shape => sources.All(source => source.Shape == SourceShape.Files) ? SourceShape.Files : SourceShape.Lines;

    /// <inheritdoc />
    public double Progress => sources.Count == 0 ? 1 : sources.Average(source => source.Progress);

    /// <inheritdoc />
    public IEnumerable<RecordReading> Read() => sources.SelectMany(source => source.Read());
}
