using System.Text;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// Decodes tokens as they are sampled. Bytes of a character that is not complete yet are held back, so the pieces
/// never break a UTF-8 character and joined together they are the whole text.
/// </summary>
public sealed class TokenStream
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
    private int _leadingSpaces;

    internal TokenStream(Tokenizer tokenizer, bool skipSpecial)
    {
        _tokenizer = tokenizer;
        _skipSpecial = skipSpecial;
        _leadingSpaces = tokenizer.LeadingSpaces;
    }

    /// <summary>The text that is complete after this token; empty when it ends inside a character.</summary>
    public string Append(int id)
    {
        // A model's vocabulary is often padded beyond its tokenizer's: what has no token has no text, as in Hugging Face's tokenizers.
        if ((_skipSpecial && _tokenizer.IsSpecial(id)) || _tokenizer.TokenOf(id) is null)
        {
            return "";
        }

        return Convert(_tokenizer.BytesOf(id), flush: false);
    }

    /// <summary>What is left at the end: replacement characters for bytes that never became a character.</summary>
    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        char[] characters = new char[_decoder.GetCharCount(bytes, flush)];
        int written = _decoder.GetChars(bytes, characters, flush);
        int start = 0;
        while (_leadingSpaces > 0 && start < written)
        {
            if (characters[start] != ' ')
            {
                _leadingSpaces = 0;
                break;
            }

            _leadingSpaces--;
            start++;
        }

        return new string(characters, start, written - start);
    }
}
