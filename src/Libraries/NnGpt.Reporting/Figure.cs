namespace NnGpt.Reporting;

/// <summary>A figure over two axes.</summary>
/// <param name="Name">Of its files: "accuracy".</param>
/// <param name="Title">Above it.</param>
/// <param name="Note">What its bands and marks mean.</param>
/// <param name="XLabel">Horizontal axis.</param>
/// <param name="YLabel">Vertical axis.</param>
/// <param name="Series">What it shows.</param>
public sealed record Figure(string Name, string Title, string Note, string XLabel, string YLabel, IReadOnlyList<Series> Series)
{
    /// <summary>Both ends of the vertical axis where they are known, else null.</summary>
    public (double Low, double High)? YRange { get; init; }

    /// <summary>Whether the vertical axis begins at zero.</summary>
    public bool FromZero { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether the horizontal axis shows shares.</summary>
    public bool PercentX { get; init; }

    /// <summary>Whether the vertical axis shows shares.</summary>
    public bool PercentY { get; init; }

    /// <summary>Whether there is anything to show.</summary>
    public bool IsEmpty => Series.All(series => series.Points.Count == 0);
}
