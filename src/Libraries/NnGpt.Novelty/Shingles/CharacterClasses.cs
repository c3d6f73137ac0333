using System.Runtime.CompilerServices;

namespace NnGpt.Novelty.Shingles;

internal enum CharacterClass : byte
{
    /// <summary>Begins no token.</summary>
    None,
    Letter,
    Digit,
    Operator,
    Quote,
    Comment,
    LineEnd,
    Backslash,

    /// <summary>Beyond ASCII.</summary>
    Wide,
}

internal static class CharacterClasses
{
    private static readonly CharacterClass[] s_classes = Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClass Of(char c) => c < 128 ? s_classes[c] : CharacterClass.Wide;

    private static CharacterClass[] Create()
    {
        var classes = new CharacterClass[128];
        for (char c = '\0'; c < 128; c++)
        {
            classes[c] = c switch
            {
                '_' => CharacterClass.Letter,
                _ when char.IsAsciiLetter(c) => CharacterClass.Letter,
                _ when char.IsAsciiDigit(c) => CharacterClass.Digit,
                '\'' or '"' => CharacterClass.Quote,
                '#' => CharacterClass.Comment,
                '\n' => CharacterClass.LineEnd,
                '\\' => CharacterClass.Backslash,
                _ when "!%&()*+,-./:;<=>@[]^{|}~".Contains(c) => CharacterClass.Operator,
                _ => CharacterClass.None,
            };
        }
        return classes;
    }
}
