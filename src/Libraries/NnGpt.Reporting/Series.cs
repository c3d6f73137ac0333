namespace NnGpt.Reporting;

/// <summary>What a figure shows under one name.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Look">Which colour, dash and mark.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">In the order they are joined.</param>
public sealed record Series(string Name, int Look, SeriesKind Kind, IReadOnlyList<Point> Points);
