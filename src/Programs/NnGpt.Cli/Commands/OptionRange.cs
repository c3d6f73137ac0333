using System.CommandLine;

namespace NnGpt.Cli.Commands;

internal static class OptionRange
{
    /// <summary>A value outside is wrong usage, with the range in the message.</summary>
    public static void RequireRange<T>(this Option<T> option, T low, T high) =>
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && (Comparer<T>.Default.Compare(value, low) < 0 || Comparer<T>.Default.Compare(value, high) > 0))
            {
                result.AddError(FormattableString.Invariant($"{option.Name} is {value}; it must be in {low}..{high}"));
            }
        });

    /// <summary>An empty text, which a shell makes of a variable that is not set, is wrong usage.</summary>
    public static void RequireText(this Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(static token => token.Value.Length == 0))
        {
            result.AddError($"{option.Name} is empty");
        }
    });
}
