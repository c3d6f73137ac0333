namespace NnGpt.Reporting;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>A line with marks, and a band where points have intervals.</summary>
    Line,

    /// <summary>A line that stays level until the next point.</summary>
    Step,

    /// <summary>Marks alone.</summary>
    Points,

    /// <summary>Bars from <see cref="Point.Low"/>, or the axis, to <see cref="Point.Y"/>.</summary>
    Bars,
}
