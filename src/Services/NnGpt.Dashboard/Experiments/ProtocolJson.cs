using Google.Protobuf;

namespace NnGpt.Dashboard.Experiments;

/// <summary>Messages of the protocol as protobuf's own JSON: camelCase names, enumerations by name, 64-bit integers as text.</summary>
internal static class ProtocolJson
{
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static string Of(IMessage message) => s_formatter.Format(message);

    public static IResult Result(IMessage message) => Results.Text(Of(message), "application/json");
}
