namespace NnGpt.Reporting;

/// <summary>A point of a figure, with its interval when it has one.</summary>
/// <param name="X">On the horizontal axis.</param>
/// <param name="Y">On the vertical axis.</param>
/// <param name="Low">Lower end of the interval, or of a bar.</param>
/// <param name="High">Upper end.</param>
public sealed record Point(double X, double Y, double? Low = null, double? High = null);
