namespace NnGpt.Python.Runtime.Formatting;

internal static class FormatSpecification
{
    public static string Apply(object value, string spec) => Py.Str(value);
}
