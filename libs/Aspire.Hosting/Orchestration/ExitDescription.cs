using System.Globalization;

namespace Aspire.Hosting.Orchestration;

internal static class ExitDescription
{
    private const int SignalBase = 128;

    /// <summary>"was killed by signal 9", "ended with exit code 1".</summary>
    public static string Of(int exitCode) =>
        exitCode > SignalBase
            ? string.Create(CultureInfo.InvariantCulture, $"was killed by signal {exitCode - SignalBase}")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}");
}
