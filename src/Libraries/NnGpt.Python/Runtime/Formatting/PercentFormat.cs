namespace NnGpt.Python.Runtime.Formatting;

internal static class PercentFormat
{
    public static string Apply(string format, object arguments) => format + Py.Str(arguments);
}
