using System.Globalization;

namespace NnGpt.Python.Lexing;

public sealed partial class PythonLexer
{
    private static readonly string[] s_operators =
    [
        "**=", "//=", ">>=", "<<=", "...",
        "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=",
    ];

    private void ReadOperator(char c)
    {
        var rest = _source.AsSpan(_position);
        foreach (var candidate in s_operators)
        {
            if (candidate[0] == c && rest.StartsWith(candidate, StringComparison.Ordinal))
            {
                Take(candidate.Length);
                return;
            }
        }

        switch (c)
        {
            case '(' or '[' or '{':
                if (_brackets.Count >= MaximumBracketDepth)
                    throw Error("SyntaxError", "too many nested parentheses", _position);
                _brackets.Push((c, _line, _position - _lineStart + 1));
                break;
            case ')' or ']' or '}':
                Close(c);
                break;
            case '+' or '-' or '*' or '/' or '%' or '@' or '&' or '|' or '^' or '~' or '<' or '>' or ',' or ':' or '.' or ';' or '=':
                break;
            default:
                throw InvalidCharacter(c);
        }

        Take(1);
    }

    private void Take(int length)
    {
        Emit(TokenKind.Operator, _position, _position + length);
        _position += length;
    }

    private void Close(char c)
    {
        if (!_brackets.TryPop(out var open))
            throw Error("SyntaxError", $"unmatched '{c}'", _position);
        var expected = open.Bracket switch { '(' => ')', '[' => ']', _ => '}' };
        if (c == expected)
            return;
        var where = open.Line == _line ? "" : $" on line {open.Line}";
        throw Error(
            "SyntaxError", $"closing parenthesis '{c}' does not match opening parenthesis '{open.Bracket}'{where}", _position);
    }

    private LexicalErrorException InvalidCharacter(char c)
    {
        var point = CodePoint();
        if (c < 128 && !char.IsControl(c))
            return Error("SyntaxError", "invalid syntax", _position);
        var category = CharUnicodeInfo.GetUnicodeCategory(point);
        var printable = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
        var code = point.ToString("X4", CultureInfo.InvariantCulture);
        return Error("SyntaxError", printable
            ? $"invalid character '{(point > 0xffff || !char.IsSurrogate(c) ? char.ConvertFromUtf32(point) : "?")}' (U+{code})"
            : $"invalid non-printable character U+{code}", _position);
    }

    private int CodePoint() =>
        char.IsHighSurrogate(_source[_position]) && _position + 1 < _source.Length && char.IsLowSurrogate(_source[_position + 1])
            ? char.ConvertToUtf32(_source[_position], _source[_position + 1])
            : _source[_position];

    private void ReadNumber()
    {
        var start = _position;
        if (_source[start] == '0' && start + 1 < _source.Length && char.ToLowerInvariant(_source[start + 1]) is ('x' or 'o' or 'b') and var radix)
        {
            _position += 2;
            var name = radix switch { 'x' => "hexadecimal", 'o' => "octal", _ => "binary" };
            var digits = Digits(radix switch { 'x' => char.IsAsciiHexDigit, 'o' => c => c is >= '0' and <= '7', _ => c => c is '0' or '1' }, name);
            if (digits == 0)
                throw Error("SyntaxError", $"invalid {name} literal", _position);
            if (_position < _source.Length && char.IsAsciiDigit(_source[_position]))
                throw Error("SyntaxError", $"invalid digit '{_source[_position]}' in {name} literal", _position);
            EndNumber(start, name);
            return;
        }

        Digits(char.IsAsciiDigit, "decimal");
        var isFloat = false;
        if (_position < _source.Length && _source[_position] == '.')
        {
            isFloat = true;
            _position++;
            Digits(char.IsAsciiDigit, "decimal");
        }

        if (_position < _source.Length && _source[_position] is 'e' or 'E')
        {
            var next = _position + 1;
            if (next < _source.Length && _source[next] is '+' or '-')
                next++;
            if (next < _source.Length && char.IsAsciiDigit(_source[next]))
            {
                isFloat = true;
                _position = next;
                Digits(char.IsAsciiDigit, "decimal");
            }
        }

        if (_position < _source.Length && _source[_position] is 'j' or 'J')
        {
            isFloat = true;
            _position++;
        }

        if (!isFloat && _source[start] == '0' && _source.AsSpan(start, _position - start).ContainsAnyInRange('1', '9'))
        {
            throw Error(
                "SyntaxError", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", start);
        }

        EndNumber(start, "decimal");
    }

    /// <summary>Keywords may follow a number without a blank (<c>1if x else 2</c>); other names may not.</summary>
    private void EndNumber(int start, string name)
    {
        if (_position < _source.Length && IsNamePart(_position, out _))
        {
            string[] keywords = ["and", "else", "for", "if", "in", "is", "or", "not"];
            if (!keywords.Any(k => _source.AsSpan(_position).StartsWith(k, StringComparison.Ordinal)))
                throw Error("SyntaxError", $"invalid {name} literal", Math.Max(start, _position - 1));
        }

        Emit(TokenKind.Number, start, _position);
    }

    private int Digits(Func<char, bool> isDigit, string name)
    {
        var count = 0;
        while (_position < _source.Length)
        {
            var c = _source[_position];
            if (c == '_')
            {
                if (_position + 1 >= _source.Length || !isDigit(_source[_position + 1]))
                    throw Error("SyntaxError", $"invalid {name} literal", _position);
            }
            else if (!isDigit(c))
            {
                break;
            }

            count++;
            _position++;
        }

        return count;
    }

    /// <summary>Length of the prefix when a string begins here, -1 otherwise.</summary>
    private int StringPrefixLength()
    {
        for (var i = 0; i <= 2 && _position + i < _source.Length; i++)
        {
            var c = _source[_position + i];
            if (c is '"' or '\'')
                return i == 0 || IsPrefix(_source.AsSpan(_position, i)) ? i : -1;
            if (!char.IsAsciiLetter(c))
                return -1;
        }

        return -1;
    }

    private static bool IsPrefix(ReadOnlySpan<char> text)
    {
        Span<char> lower = stackalloc char[text.Length];
        text.ToLowerInvariant(lower);
        return lower is "r" or "b" or "u" or "f" or "rb" or "br" or "rf" or "fr";
    }

    private void ReadString(int prefix)
    {
        var start = _position;
        var startLine = _line;
        var column = start - _lineStart + 1;
        var isFormatted = _source.AsSpan(start, prefix).ContainsAny('f', 'F');
        var end = StringScanner.FindEnd(_source, start + prefix, isFormatted, out var triple);
        if (end < 0)
        {
            var last = triple ? _source.AsSpan(start).TrimEnd('\n').Count('\n') + _line : _line;
            var kind = triple ? "unterminated triple-quoted string literal" : "unterminated string literal";
            if (isFormatted && StringScanner.FindEnd(_source, start + prefix, false, out _) >= 0)
                throw Error("SyntaxError", "f-string: expecting '}'", start);
            throw Error("SyntaxError", $"{kind} (detected at line {last})", start);
        }

        for (var i = start; i < end; i++)
        {
            if (_source[i] != '\n' && !(_source[i] == '\r' && (i + 1 >= _source.Length || _source[i + 1] != '\n')))
                continue;
            _line++;
            _lineStart = i + 1;
        }

        _position = end;
        _tokens.Add(new Token(TokenKind.String, _source[start..end], startLine, column, start));
    }
}
