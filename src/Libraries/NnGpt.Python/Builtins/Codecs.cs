using System.Text;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Text to bytes and back: UTF-8, ASCII and Latin-1.</summary>
internal static class Codecs
{
    public static PyBytes Encode(string text, string encoding, string errors)
    {
        RunState.ChargeElements(text.Length, 3);
        return new PyBytes(Find(encoding, errors).GetBytes(text));
    }

    public static string Decode(byte[] bytes, string encoding, string errors)
    {
        RunState.ChargeElements(bytes.Length, 2);
        return Find(encoding, errors).GetString(bytes);
    }

    private static Encoding Find(string encoding, string errors)
    {
        var name = encoding.ToLowerInvariant().Replace('_', '-') switch
        {
            "utf-8" or "utf8" or "u8" => "utf-8",
            "ascii" or "us-ascii" => "us-ascii",
            "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" => "iso-8859-1",
            _ => throw PyErrors.New(PyErrors.LookupErrorClass, $"unknown encoding: {encoding}"),
        };
        return errors switch
        {
            "ignore" => Encoding.GetEncoding(name, new EncoderReplacementFallback(""), new DecoderReplacementFallback("")),
            "replace" => Encoding.GetEncoding(name, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\ufffd")),
            _ => Encoding.GetEncoding(name, new Refusal(name), new RefusalOfBytes(name)),
        };
    }

    private sealed class Refusal(string name) : EncoderFallback
    {
        public override int MaxCharCount => 0;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => new RefusalBuffer(name);
    }

    private sealed class RefusalBuffer(string name) : EncoderFallbackBuffer
    {
        public override int Remaining => 0;

        public override bool Fallback(char charUnknown, int index) => throw PyErrors.New(
            PyErrors.UnicodeEncodeErrorClass,
            $"'{Short(name)}' codec can't encode character '\\x{(int)charUnknown:x2}' in position {index}: ordinal not in range({(name == "us-ascii" ? 128 : 256)})");

        public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) => throw PyErrors.New(
            PyErrors.UnicodeEncodeErrorClass,
            $"'{Short(name)}' codec can't encode character '\\U{char.ConvertToUtf32(charUnknownHigh, charUnknownLow):x8}' in position {index}: ordinal not in range({(name == "us-ascii" ? 128 : 256)})");

        public override char GetNextChar() => '\0';

        public override bool MovePrevious() => false;
    }

    private sealed class RefusalOfBytes(string name) : DecoderFallback
    {
        public override int MaxCharCount => 0;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new RefusalOfBytesBuffer(name);
    }

    private sealed class RefusalOfBytesBuffer(string name) : DecoderFallbackBuffer
    {
        public override int Remaining => 0;

        public override bool Fallback(byte[] bytesUnknown, int index) => throw PyErrors.New(
            PyErrors.UnicodeDecodeErrorClass,
            $"'{Short(name)}' codec can't decode byte 0x{bytesUnknown[0]:x2} in position {index}: "
            + (name == "us-ascii" ? "ordinal not in range(128)" : "invalid start byte"));

        public override char GetNextChar() => '\0';

        public override bool MovePrevious() => false;
    }

    private static string Short(string name) => name switch { "us-ascii" => "ascii", "iso-8859-1" => "latin-1", _ => name };
}
