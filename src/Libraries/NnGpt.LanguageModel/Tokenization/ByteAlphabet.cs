namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// GPT-2's byte alphabet: each byte is written as one printable character, so that vocabularies are readable text.
/// Printable Latin-1 bytes stand for themselves; the others follow from U+0100 on (a space is <c>Ġ</c>, a line feed <c>Ċ</c>).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_characters = BuildCharacters();
    private static readonly Dictionary<char, byte> s_bytes = s_characters
        .Select((character, index) => (character, index))
        .ToDictionary(pair => pair.character, pair => (byte)pair.index);

    public static char CharacterOf(byte value) => s_characters[value];

    public static bool TryByte(char character, out byte value) => s_bytes.TryGetValue(character, out value);

    /// <summary>The text's UTF-8 bytes, one character each.</summary>
    public static string Write(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return string.Create(bytes.Length, bytes, static (span, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                span[i] = s_characters[source[i]];
            }
        });
    }

    private static char[] BuildCharacters()
    {
        char[] characters = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++)
        {
            bool printable = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;
            characters[value] = printable ? (char)value : (char)next++;
        }

        return characters;
    }
}
