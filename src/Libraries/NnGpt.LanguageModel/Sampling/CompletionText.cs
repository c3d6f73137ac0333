using System.Text;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>
/// The text of a completion as it grows: whole characters only, and nothing of a stop string. Ends the completion at the first stop
/// string; another guide may steer it at the same time.
/// </summary>
public sealed class CompletionText : ICompletionGuide
{
    private readonly TokenStream _stream;
    private readonly string[] _stops;
    private readonly Action<string>? _written;
    private readonly ICompletionGuide? _inner;
    private readonly StringBuilder _text = new();
    private string _held = "";
    private bool _ended;

    /// <summary>Begins a text.</summary>
    /// <param name="tokenizer">Of the model.</param>
    /// <param name="stopStrings">Texts that end the completion and are not part of it; none may be empty.</param>
    /// <param name="written">Called with each piece of text that is certain, in order, on the sampling thread; null for nobody.</param>
    /// <param name="inner">Steers the completion; null for nobody.</param>
    public CompletionText(Tokenizer tokenizer, IReadOnlyList<string>? stopStrings = null, Action<string>? written = null, ICompletionGuide? inner = null)
    {
        _stops = [.. stopStrings ?? []];
        if (_stops.Contains(""))
        {
            throw new ArgumentException("a stop string is empty", nameof(stopStrings));
        }
        (_stream, _written, _inner) = (tokenizer.CreateStream(), written, inner);
    }

    /// <inheritdoc/>
    public bool Allows(int token) => _inner?.Allows(token) ?? true;

    /// <inheritdoc/>
    public FinishReason? Accept(int token)
    {
        FinishReason? reason = _inner?.Accept(token);
        return Append(_stream.Append(token)) ? FinishReason.Stop : reason;
    }

    /// <summary>Ends the text and returns the whole of it.</summary>
    public string Finish()
    {
        if (!_ended && !Append(_stream.Flush()))
        {
            Write(_held);
        }
        _ended = true;
        _held = "";
        return _text.ToString();
    }

    // What may be the beginning of a stop string waits.
    private bool Append(string piece)
    {
        string text = _held + piece;
        int end = _stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(static at => at >= 0).DefaultIfEmpty(-1).Min();
        if (end >= 0)
        {
            Write(text[..end]);
            _ended = true;
            return true;
        }
        int held = _stops.Select(stop => LongestPrefixAtEnd(stop, text)).DefaultIfEmpty(0).Max();
        Write(text[..^held]);
        _held = text[^held..];
        return false;
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(text);
            _written?.Invoke(text);
        }
    }

    private static int LongestPrefixAtEnd(string stop, string text)
    {
        for (int length = Math.Min(stop.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan().EndsWith(stop.AsSpan(0, length), StringComparison.Ordinal))
            {
                return length;
            }
        }
        return 0;
    }
}
