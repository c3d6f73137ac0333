namespace NnGpt.LanguageModel.Guidance;

/// <summary>A model's answer so far: a bare module, or a module between code fences.</summary>
internal sealed class Answer
{
    private const string Fence = "```";

    private PythonPrefix _source = new();
    private string _opening = ""; // an opening fence's line, while it is not certain or not complete
    private string _closing = ""; // the beginning of what may be a closing fence
    private Place _place = Place.Start;
    private bool _fenced;

    private enum Place
    {
        Start,
        OpeningFence,
        LineStart,
        Line,
        Closed,
    }

    /// <summary>Whether a closing fence has come.</summary>
    public bool IsClosed => _place == Place.Closed;

    /// <summary>Whether the class Net has ended without what the contract asks of it.</summary>
    public bool IsHopeless => _source.Definitions.IsHopeless;

    /// <summary>A copy that goes its own way.</summary>
    public Answer Copy()
    {
        Answer copy = (Answer)MemberwiseClone();
        copy._source = _source.Copy();
        return copy;
    }

    /// <summary>Whether the answer may end here.</summary>
    public bool MayEnd(bool contract) => _place is not (Place.Start or Place.OpeningFence) && _source.IsComplete() && (!contract || _source.Definitions.IsComplete);

    /// <summary>Takes bytes; false, for good, when no module continues like this.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        Span<byte> one = stackalloc byte[1];
        foreach (byte value in bytes)
        {
            one[0] = value;
            if (!Take((char)value, one))
            {
                return false;
            }
        }
        return true;
    }

    private bool Take(char c, ReadOnlySpan<byte> bytes)
    {
        switch (_place)
        {
            case Place.Start when c == Fence[_opening.Length]:
                _opening += c;
                _place = _opening == Fence ? Place.OpeningFence : Place.Start;
                return true;
            case Place.Start when _opening.Length == 0:
                _place = c == '\n' ? Place.Start : Place.Line;
                return _source.Append(bytes);
            case Place.OpeningFence:
                _opening += c;
                (_place, _fenced) = c == '\n' ? (Place.LineStart, true) : (Place.OpeningFence, false);
                return c == '\n' || "```python3".StartsWith(_opening.TrimEnd(), StringComparison.Ordinal) || "```py" == _opening.TrimEnd();
            case Place.LineStart when _fenced && c == Fence[_closing.Length]:
                _closing += c;
                _place = _closing == Fence ? Place.Closed : Place.LineStart;
                return true;
            case Place.LineStart or Place.Line when _closing.Length == 0:
                _place = c == '\n' ? Place.LineStart : Place.Line;
                return _source.Append(bytes);
            default:
                return false;
        }
    }
}
