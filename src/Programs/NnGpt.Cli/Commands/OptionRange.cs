using System.CommandLine;

namespace NnGpt.Cli.Commands;

internal static class OptionRange
{
    /// <summary>A value outside is wrong usage, with the range in the message.</summary>
    public static void RequireRange<T>(this Option<T> option, T low, T high)
        where T : IComparable<T> =>
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && (value.CompareTo(low) < 0 || value.CompareTo(high) > 0))
            {
                result.AddError(FormattableString.Invariant($"{option.Name} is {value}; it must be in {low}..{high}"));
            }
        });
}
