using System.Globalization;
using System.Text;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// A text with one char for each code point. .NET's regular expressions see UTF-16 halves where tokenizer.json's
/// patterns mean code points; a character outside the basic plane is shown to them as a stand-in of its category.
/// </summary>
internal sealed class CodePointText
{
    private readonly string _original;
    private readonly int[]? _offsets;

    public CodePointText(string original)
    {
        _original = original;
        if (!original.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Text = original;
            return;
        }

        StringBuilder text = new(original.Length);
        List<int> offsets = new(original.Length + 1);
        int at = 0;
        foreach (Rune rune in original.EnumerateRunes())
        {
            offsets.Add(at);
            text.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
            at += rune.Utf16SequenceLength;
        }

        offsets.Add(original.Length);
        Text = text.ToString();
        _offsets = [.. offsets];
    }

    public string Text { get; }

    /// <summary>The original text of a range of <see cref="Text"/>.</summary>
    public string Original(int from, int to) => _offsets is null ? _original[from..to] : _original[_offsets[from].._offsets[to]];

    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => '\u01BB',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => '\u0300',
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => '\u2016',
        UnicodeCategory.MathSymbol => '\u00B1',
        UnicodeCategory.CurrencySymbol => '\u00A2',
        UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol => '\u00A9',
        _ => '\uE000',
    };
}
