using System.Globalization;
using System.Text;

namespace NnGpt.Python.Lexing;

/// <summary>Splits Python source into tokens by the language reference's lexical analysis (3.12).</summary>
public sealed partial class PythonLexer
{
    private const int TabSize = 8;
    private const int MaximumBracketDepth = 200;
    private const int MaximumIndentation = 100;
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly List<(int Column, int AlternativeColumn)> _indents = [(0, 0)];
    private readonly Stack<(char Bracket, int Line, int Column)> _brackets = new();
    private int _position;
    private int _line = 1;
    private int _lineStart;

    private PythonLexer(string source) => _source = source;

    /// <summary>Reads all tokens. Bad source gives the tokens before the error and the error; nothing is thrown.</summary>
    public static TokenStream Tokenize(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.StartsWith('\ufeff'))
            source = source[1..];
        return new PythonLexer(source).Run();
    }

    private TokenStream Run()
    {
        PythonSyntaxError? error = null;
        try
        {
            ReadAll();
        }
        catch (LexicalErrorException exception)
        {
            error = exception.Error;
        }

        var unclosed = (0, 0, '\0');
        if (error is null && _brackets.TryPeek(out var open))
        {
            unclosed = (open.Line, open.Column, open.Bracket);
            error = new PythonSyntaxError("SyntaxError", $"'{open.Bracket}' was never closed", open.Line, open.Column);
        }

        Emit(TokenKind.End, _position, _position);
        return new TokenStream(_tokens, error) { Unclosed = unclosed };
    }

    private void ReadAll()
    {
        var atLineStart = true;
        while (true)
        {
            if (atLineStart && _brackets.Count == 0 && !ReadIndentation())
                break;
            atLineStart = false;
            SkipBlanks();
            if (_position >= _source.Length)
                break;
            var c = _source[_position];
            if (c is '\n' or '\r')
            {
                if (_brackets.Count == 0)
                {
                    Emit(TokenKind.NewLine, _position, _position);
                    atLineStart = true;
                }

                SkipLineEnd();
            }
            else if (c == '#')
            {
                ReadComment();
            }
            else if (c == '\\')
            {
                ReadContinuation();
            }
            else
            {
                ReadToken(c);
            }
        }

        if (_brackets.Count > 0)
            return;
        if (_tokens.Count > 0 && LastSignificant() is { Kind: not TokenKind.NewLine })
            Emit(TokenKind.NewLine, _position, _position);
        while (_indents.Count > 1)
        {
            _indents.RemoveAt(_indents.Count - 1);
            Emit(TokenKind.Dedent, _position, _position);
        }
    }

    private Token LastSignificant()
    {
        for (var i = _tokens.Count - 1; i >= 0; i--)
        {
            if (_tokens[i].Kind != TokenKind.Comment)
                return _tokens[i];
        }

        return new Token(TokenKind.NewLine, "", 1, 1, 0);
    }

    /// <summary>Measures the indentation of the next line that has code; false at the end of the source.</summary>
    private bool ReadIndentation()
    {
        while (true)
        {
            var column = 0;
            var alternative = 0;
            for (; _position < _source.Length; _position++)
            {
                var c = _source[_position];
                if (c == ' ')
                {
                    column++;
                    alternative++;
                }
                else if (c == '\t')
                {
                    column = (column / TabSize + 1) * TabSize;
                    alternative++;
                }
                else if (c == '\f')
                {
                    column = alternative = 0;
                }
                else
                {
                    break;
                }
            }

            if (_position >= _source.Length)
                return false;
            switch (_source[_position])
            {
                case '#':
                    ReadComment();
                    continue;
                case '\n' or '\r':
                    SkipLineEnd();
                    continue;
            }

            Indent(column, alternative);
            return true;
        }
    }

    private void Indent(int column, int alternative)
    {
        var (current, currentAlternative) = _indents[^1];
        if (column == current)
        {
            if (alternative != currentAlternative)
                throw Inconsistent();
            return;
        }

        if (column > current)
        {
            if (alternative <= currentAlternative)
                throw Inconsistent();
            if (_indents.Count >= MaximumIndentation)
                throw Error("IndentationError", "too many levels of indentation", _position);
            _indents.Add((column, alternative));
            Emit(TokenKind.Indent, _lineStart, _position);
            return;
        }

        while (column < _indents[^1].Column)
        {
            _indents.RemoveAt(_indents.Count - 1);
            Emit(TokenKind.Dedent, _position, _position);
        }

        if (column != _indents[^1].Column)
            throw Error("IndentationError", "unindent does not match any outer indentation level", _position);
        if (alternative != _indents[^1].AlternativeColumn)
            throw Inconsistent();
    }

    private LexicalErrorException Inconsistent() =>
        Error("TabError", "inconsistent use of tabs and spaces in indentation", _position);

    private void SkipBlanks()
    {
        while (_position < _source.Length && _source[_position] is ' ' or '\t' or '\f')
            _position++;
    }

    private void SkipLineEnd()
    {
        if (_source[_position] == '\r' && _position + 1 < _source.Length && _source[_position + 1] == '\n')
            _position++;
        _position++;
        _line++;
        _lineStart = _position;
    }

    private void ReadComment()
    {
        var start = _position;
        while (_position < _source.Length && _source[_position] is not ('\n' or '\r'))
            _position++;
        Emit(TokenKind.Comment, start, _position);
    }

    private void ReadContinuation()
    {
        _position++;
        if (_position >= _source.Length)
            throw Error("SyntaxError", "unexpected EOF while parsing", _position);
        if (_source[_position] is not ('\n' or '\r'))
            throw Error("SyntaxError", "unexpected character after line continuation character", _position);
        SkipLineEnd();
        if (_position >= _source.Length)
            throw Error("SyntaxError", "unexpected EOF while parsing", _position);
    }

    private void ReadToken(char c)
    {
        var prefix = StringPrefixLength();
        if (prefix >= 0)
            ReadString(prefix);
        else if (char.IsAsciiDigit(c) || (c == '.' && _position + 1 < _source.Length && char.IsAsciiDigit(_source[_position + 1])))
            ReadNumber();
        else if (IsNameStart(_position, out _))
            ReadName();
        else
            ReadOperator(c);
    }

    private void ReadName()
    {
        var start = _position;
        var ascii = true;
        while (_position < _source.Length && IsNamePart(_position, out var length))
        {
            ascii &= _source[_position] < 128;
            _position += length;
        }

        var text = _source[start.._position];
        Emit(TokenKind.Name, start, ascii ? text : text.Normalize(NormalizationForm.FormKC));
    }

    private bool IsNameStart(int index, out int length) => IsNameCharacter(index, out length, UnicodeCategory.LetterNumber);

    private bool IsNamePart(int index, out int length) => IsNameCharacter(index, out length, UnicodeCategory.ConnectorPunctuation);

    private bool IsNameCharacter(int index, out int length, UnicodeCategory upTo)
    {
        var c = _source[index];
        length = 1;
        if (c < 128)
            return char.IsAsciiLetter(c) || c == '_' || (upTo == UnicodeCategory.ConnectorPunctuation && char.IsAsciiDigit(c));
        if (char.IsHighSurrogate(c) && index + 1 < _source.Length && char.IsLowSurrogate(_source[index + 1]))
            length = 2;
        var category = CharUnicodeInfo.GetUnicodeCategory(_source, index);
        return category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                   or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
               || (upTo == UnicodeCategory.ConnectorPunctuation
                   && category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                       or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation);
    }

    private void Emit(TokenKind kind, int start, int end) => Emit(kind, start, _source[start..end]);

    private void Emit(TokenKind kind, int start, string text) =>
        _tokens.Add(new Token(kind, text, _line, start - _lineStart + 1, start));

    private LexicalErrorException Error(string kind, string message, int position) =>
        new(new PythonSyntaxError(kind, message, _line, position - _lineStart + 1));
}
