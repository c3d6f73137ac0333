namespace NnGpt.Candidates;

/// <summary>Times of a validation in milliseconds.</summary>
public sealed record ValidationTimes(double Total, double Parse, double Init, double Forward, double Learn);
