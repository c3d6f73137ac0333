using System.Globalization;

namespace NnGpt.Novelty.Shingles;

internal enum CharacterClass : byte
{
    /// <summary>_ and what is a letter or a number of any kind, but no ASCII digit.</summary>
    Letter,
    Digit,

    /// <summary>Space, tab, form feed.</summary>
    Blank,

    /// <summary>Always an operator of one character.</summary>
    Single,
    Open,
    Close,

    /// <summary>Begins operators of several characters.</summary>
    Operator,
    Quote,
    Comment,
    LineEnd,
    Backslash,

    /// <summary>Half of a pair: what it is depends on the other half.</summary>
    Surrogate,

    /// <summary>Begins no token.</summary>
    None,
}

internal static class CharacterClasses
{
    /// <summary>Of every UTF-16 unit; 64 KB, of which ASCII needs two cache lines.</summary>
    public static readonly CharacterClass[] Table = Create();

    /// <summary>\w of Python's re: letters and numbers of every kind and _, no combining marks.</summary>
    public static bool IsWord(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static CharacterClass[] Create()
    {
        var classes = new CharacterClass[char.MaxValue + 1];
        for (int i = 0; i < classes.Length; i++)
        {
            char c = (char)i;
            classes[i] = c switch
            {
                '_' => CharacterClass.Letter,
                >= '0' and <= '9' => CharacterClass.Digit,
                ' ' or '\t' or '\f' => CharacterClass.Blank,
                ',' or ';' or '~' => CharacterClass.Single,
                '(' or '[' or '{' => CharacterClass.Open,
                ')' or ']' or '}' => CharacterClass.Close,
                '!' or '%' or '&' or '*' or '+' or '-' or '.' or '/' or ':' or '<' or '=' or '>' or '@' or '^' or '|' => CharacterClass.Operator,
                '\'' or '"' => CharacterClass.Quote,
                '#' => CharacterClass.Comment,
                '\n' => CharacterClass.LineEnd,
                '\\' => CharacterClass.Backslash,
                _ when char.IsSurrogate(c) => CharacterClass.Surrogate,
                _ when IsWord(char.GetUnicodeCategory(c)) => CharacterClass.Letter,
                _ => CharacterClass.None,
            };
        }
        return classes;
    }
}
