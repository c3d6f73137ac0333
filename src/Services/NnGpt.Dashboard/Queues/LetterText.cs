using System.Globalization;
using System.Text;
using Google.Protobuf;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Queues;

/// <summary>A message's body as text: a message of the pipeline as JSON, anything else as its bytes.</summary>
/// <param name="Format">json, bytes, or none for a body that was too long to be kept.</param>
/// <param name="Text">What is shown, never markup.</param>
/// <param name="Cut">There is more of it than is shown.</param>
internal sealed record LetterText(string Format, string Text, bool Cut)
{
    private const int MaxCharacters = 256 * 1024;
    private const int MaxBytes = 4 * 1024;
    private const int BytesInLine = 16;

    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithIndentation("  "));

    public static LetterText Of(DeadLetterBody letter)
    {
        if (!letter.Kept)
            return new LetterText("none", "", false);
        if (BusReflection.Descriptor.MessageTypes.FirstOrDefault(type => type.FullName == letter.Type) is { } known)
        {
            try
            {
                string json = s_formatter.Format(known.Parser.ParseFrom(letter.Body));
                return new LetterText("json", json.Length > MaxCharacters ? json[..MaxCharacters] : json, json.Length > MaxCharacters);
            }
            catch (InvalidProtocolBufferException)
            {
                // Broken, which may be why it is here: its bytes are what there is to see.
            }
        }
        return new LetterText("bytes", Dump(letter.Body.Span[..Math.Min(letter.Body.Length, MaxBytes)]), letter.Body.Length > MaxBytes);
    }

    // 00000010  6e 6e 67 70 74 00 ff                             nngpt..
    private static string Dump(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder();
        for (int start = 0; start < body.Length; start += BytesInLine)
        {
            var line = body[start..Math.Min(start + BytesInLine, body.Length)];
            text.Append(CultureInfo.InvariantCulture, $"{start:x8}  ");
            for (int i = 0; i < BytesInLine; i++)
                text.Append(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(' ');
            text.Append(' ');
            foreach (byte value in line)
                text.Append(value is >= 0x20 and < 0x7f ? (char)value : '.');
            text.Append('\n');
        }
        return text.ToString();
    }
}
