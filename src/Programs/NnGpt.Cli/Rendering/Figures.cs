using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Rendering;

/// <summary>Figures as the tables write them.</summary>
internal static class Figures
{
    public static string Accuracy(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>"0.512 [0.470, 0.554]"; "-" when nothing was counted; no bounds for a single value.</summary>
    public static string MeanWithInterval(Interval? interval) => interval switch
    {
        null or { N: 0 } => "-",
        { N: 1 } => Accuracy(interval.Value),
        _ => $"{Accuracy(interval.Value)} [{Accuracy(interval.Low)}, {Accuracy(interval.High)}]",
    };

    /// <summary>"45 (70.3 %)".</summary>
    public static string CountWithShare(int count, Interval? share) =>
        share is null or { N: 0 } ? Count(count) : $"{Count(count)} ({Percent(share.Value)} %)";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The first eight hexadecimal digits of "sha256:...", or "base" without an adapter.</summary>
    public static string ShortDigest(string digest) =>
        digest.Length == 0 ? "base" : digest[(digest.IndexOf(':') + 1)..][..Math.Min(8, digest.Length - digest.IndexOf(':') - 1)];

    public static string Duration(double seconds) =>
        TimeSpan.FromSeconds(seconds) is { TotalHours: >= 1 } hours
            ? hours.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : TimeSpan.FromSeconds(seconds).ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
