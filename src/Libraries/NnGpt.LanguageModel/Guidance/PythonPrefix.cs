using System.Text.RegularExpressions;

namespace NnGpt.LanguageModel.Guidance;

/// <summary>
/// The beginning of a Python source, taken byte by byte: lexer and parser in step, so that it is known at every byte whether the text can
/// still become a module. Copies are cheap: what they share is never changed.
/// </summary>
internal sealed partial class PythonPrefix
{
    private const int DeepestNesting = 100; // as CPython's parser

    private static readonly Grammar s_grammar = new(PythonGrammar.Rules, PythonGrammar.Start);
    private static readonly string[] s_keywords = [.. s_grammar.Terminals.Where(static text => char.IsLetter(text[0]) && text.Any(char.IsLower))];
    private static readonly string[] s_operators = [.. s_grammar.Terminals.Where(static text => !char.IsLetter(text[0])), "->", ".."];
    private static readonly int s_name = s_grammar.Terminal("NAME");
    private static readonly int s_number = s_grammar.Terminal("NUMBER");
    private static readonly int s_string = s_grammar.Terminal("STRING");
    private static readonly int s_newLine = s_grammar.Terminal("NEWLINE");
    private static readonly int s_indent = s_grammar.Terminal("INDENT");
    private static readonly int s_dedent = s_grammar.Terminal("DEDENT");
    private static readonly int s_end = s_grammar.Terminal("END");

    private ParserState? _parser = ParserState.Begin(s_grammar);
    private Chain<int>? _indents;
    private Chain<char>? _brackets;
    private Mode _mode = Mode.LineStart;
    private string _partial = "";
    private int _column;
    private char _quote;
    private int _quotes; // of the closing ones, seen so far
    private bool _triple;
    private bool _escaped;
    private bool _lineHasTokens;

    private enum Mode
    {
        LineStart,
        Between,
        Name,
        Number,
        Operator,
        OpeningQuotes,
        String,
        Comment,
        LineContinuation,
    }

    /// <summary>What is defined so far.</summary>
    public Definitions Definitions { get; private set; } = Definitions.None;

    /// <summary>A copy that goes its own way.</summary>
    public PythonPrefix Copy() => (PythonPrefix)MemberwiseClone();

    /// <summary>Takes bytes of UTF-8; false, for good, when no source begins like this.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (_parser is null)
            {
                return false;
            }
            Take((char)value);
        }
        return _parser is not null && CanContinue();
    }

    /// <summary>Whether the text is a whole module as it stands.</summary>
    public bool IsComplete()
    {
        PythonPrefix end = Copy();
        end.Take('\n');
        if (end._parser is null || end._brackets is not null || end._mode != Mode.LineStart)
        {
            return false;
        }
        end.Align(0);
        end.Feed(s_end, "");
        return end._parser is not null;
    }

    // Bytes above ASCII count as letters: they occur in names, strings and comments.
    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c);

    // Each mode either takes the character or ends its token, whereupon the next mode takes it.
    private void Take(char c)
    {
        if (c == '\r')
        {
            return;
        }
        switch (_mode)
        {
            case Mode.LineStart:
                TakeAtLineStart(c);
                break;
            case Mode.Between:
                TakeBetween(c);
                break;
            case Mode.Name when IsNamePart(c):
            case Mode.Number when IsNumber(_partial + c):
            case Mode.Operator when IsOperator(_partial + c):
                _partial += c;
                break;
            case Mode.Name when c is '"' or '\'' && _partial.Length <= 2 && IsStringPrefix(_partial):
                Open(c);
                break;
            case Mode.Operator when _partial == "." && char.IsAsciiDigit(c):
                (_mode, _partial) = (Mode.Number, "." + c);
                break;
            case Mode.Name or Mode.Number or Mode.Operator:
                EndToken();
                TakeBetweenIfAlive(c);
                break;
            case Mode.OpeningQuotes:
                TakeOpeningQuote(c);
                break;
            case Mode.String:
                TakeInString(c);
                break;
            case Mode.Comment when c == '\n':
                TakeBetween(c);
                break;
            case Mode.LineContinuation:
                _mode = Mode.Between;
                if (c != '\n')
                {
                    _parser = null;
                }
                break;
        }
    }

    private void TakeAtLineStart(char c)
    {
        switch (c)
        {
            case ' ':
                _column++;
                break;
            case '\t':
                _column = (_column / 8 * 8) + 8;
                break;
            case '\f':
            case '\n':
                _column = 0;
                break;
            case '#':
                _mode = Mode.Comment;
                break;
            default:
                Align(_column);
                _mode = Mode.Between;
                TakeBetweenIfAlive(c);
                break;
        }
    }

    private void TakeBetween(char c)
    {
        _mode = Mode.Between;
        _partial = c.ToString();
        switch (c)
        {
            case ' ' or '\t' or '\f':
                break;
            case '\n' when _brackets is null:
                if (_lineHasTokens)
                {
                    Feed(s_newLine, "");
                }
                (_mode, _column, _lineHasTokens) = (Mode.LineStart, 0, false);
                break;
            case '\n':
                break;
            case '#':
                _mode = Mode.Comment;
                break;
            case '\\':
                _mode = Mode.LineContinuation;
                break;
            case '"' or '\'':
                Open(c);
                break;
            case var _ when IsNameStart(c):
                _mode = Mode.Name;
                break;
            case var _ when char.IsAsciiDigit(c):
                _mode = Mode.Number;
                break;
            default:
                _mode = Mode.Operator;
                if (!IsOperator(_partial))
                {
                    _parser = null;
                }
                break;
        }
    }

    private void TakeBetweenIfAlive(char c)
    {
        if (_parser is not null)
        {
            TakeBetween(c);
        }
    }

    private void Open(char quote) => (_mode, _quote, _quotes, _triple, _escaped) = (Mode.OpeningQuotes, quote, 1, false, false);

    private void TakeOpeningQuote(char c)
    {
        if (c == _quote)
        {
            if (++_quotes == 3)
            {
                (_mode, _triple, _quotes) = (Mode.String, true, 0);
            }
        }
        else if (_quotes == 2) // the empty string
        {
            Feed(s_string, "");
            _mode = Mode.Between;
            TakeBetweenIfAlive(c);
        }
        else
        {
            (_mode, _quotes) = (Mode.String, 0);
            TakeInString(c);
        }
    }

    private void TakeInString(char c)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (c == _quote)
        {
            if (!_triple || ++_quotes == 3)
            {
                Feed(s_string, "");
                _mode = Mode.Between;
            }
            return;
        }
        else if (c == '\\')
        {
            _escaped = true;
        }
        else if (c == '\n' && !_triple)
        {
            _parser = null;
        }
        _quotes = 0;
    }

    private void Align(int column)
    {
        if (column > (_indents?.Value ?? 0))
        {
            _indents = new Chain<int>(column, _indents);
            Feed(s_indent, "");
            return;
        }
        while (column < (_indents?.Value ?? 0))
        {
            _indents = _indents!.Rest;
            Feed(s_dedent, "");
        }
        if (column != (_indents?.Value ?? 0))
        {
            _parser = null; // unindent does not match any outer level
        }
    }

    private void EndToken()
    {
        switch (_mode)
        {
            case Mode.Name:
                Feed(Array.IndexOf(s_keywords, _partial) >= 0 ? s_grammar.Terminal(_partial) : s_name, _partial);
                break;
            case Mode.Number:
                Feed(Number().IsMatch(_partial) ? s_number : -1, _partial);
                break;
            case Mode.Operator when _partial == "..":
                Feed(s_grammar.Terminal("."), ".");
                Feed(s_grammar.Terminal("."), ".");
                break;
            case Mode.Operator:
                Bracket(_partial[0]);
                Feed(s_grammar.Terminal(_partial), _partial);
                break;
        }
        _mode = Mode.Between;
    }

    private void Bracket(char c)
    {
        if (c is '(' or '[' or '{')
        {
            _brackets = new Chain<char>(c, _brackets);
            if (_brackets.Count > DeepestNesting)
            {
                _parser = null;
            }
        }
        else if (c is ')' or ']' or '}')
        {
            if (_brackets is null || (_brackets.Value, c) is not (('(', ')') or ('[', ']') or ('{', '}')))
            {
                _parser = null;
                return;
            }
            _brackets = _brackets.Rest;
        }
    }

    private void Feed(int terminal, string text)
    {
        if (_parser is null)
        {
            return;
        }
        _parser = terminal < 0 ? null : _parser.After(terminal);
        _lineHasTokens = true;
        Definitions = Definitions.After(text, _indents?.Count ?? 0, _brackets is not null, terminal == s_newLine);
    }

    // Whether the token that the text breaks off in can become one that may come here.
    private bool CanContinue() => _mode switch
    {
        Mode.Name => Fits(s_name) || s_keywords.Any(keyword => keyword.StartsWith(_partial, StringComparison.Ordinal) && Fits(s_grammar.Terminal(keyword)))
            || (Fits(s_string) && IsStringPrefix(_partial)),
        Mode.Number => Fits(s_number),
        Mode.Operator => s_operators.Any(text => text.StartsWith(_partial, StringComparison.Ordinal) && Fits(s_grammar.Terminal(text)))
            || (_partial == "." && Fits(s_number)) || _partial == "..",
        Mode.OpeningQuotes or Mode.String => Fits(s_string),
        _ => true,
    };

    private bool Fits(int terminal) => terminal >= 0 && _parser!.After(terminal) is not null;

    private static bool IsOperator(string text) => s_operators.Any(known => known.StartsWith(text, StringComparison.Ordinal));

    private static bool IsNumber(string text) => NumberPrefix().IsMatch(text);

    private static bool IsStringPrefix(string text) => text.ToLowerInvariant() is "r" or "u" or "b" or "f" or "br" or "rb" or "fr" or "rf";

    [GeneratedRegex(@"\A(0[xX](_?[0-9a-fA-F]*)*|0[oO](_?[0-7]*)*|0[bB](_?[01]*)*|[0-9](_?[0-9])*_?(\.([0-9](_?[0-9])*_?)?)?([eE][+-]?([0-9](_?[0-9])*_?)?)?[jJ]?|\.[0-9](_?[0-9])*_?([eE][+-]?([0-9](_?[0-9])*_?)?)?[jJ]?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex NumberPrefix();

    // An integer; or digits with a point, an exponent or an imaginary unit.
    [GeneratedRegex(@"\A(0[xX](_?[0-9a-fA-F])+|0[oO](_?[0-7])+|0[bB](_?[01])+|0(_?0)*|[1-9](_?[0-9])*|([0-9](_?[0-9])*\.([0-9](_?[0-9])*)?|\.[0-9](_?[0-9])*)([eE][+-]?[0-9](_?[0-9])*)?[jJ]?|[0-9](_?[0-9])*([eE][+-]?[0-9](_?[0-9])*[jJ]?|[jJ]))\z", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
