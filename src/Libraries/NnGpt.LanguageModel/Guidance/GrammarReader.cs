namespace NnGpt.LanguageModel.Guidance;

/// <summary>Reads one right-hand side of a <see cref="Grammar"/>.</summary>
internal sealed class GrammarReader(string text, Func<string, bool, int> symbol)
{
    private int _at;

    /// <summary>The rules of a text: a name and a body each.</summary>
    public static IEnumerable<(string Name, string Body)> Split(string rules)
    {
        string? name = null;
        string body = "";
        foreach (string line in rules.Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
            {
                if (name is not null)
                {
                    yield return (name, body);
                }
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                (name, body) = (line[..colon], line[(colon + 1)..]);
            }
            else
            {
                body += line;
            }
        }
        if (name is not null)
        {
            yield return (name, body);
        }
    }

    /// <summary>The whole text.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public Expression Read()
    {
        Expression expression = Choice();
        return _at == text.Length ? expression : throw new ArgumentException($"'{text[_at]}' at {_at} of '{text}'");
    }

    private Expression Choice()
    {
        List<Expression> items = [Sequence()];
        while (Take('|'))
        {
            items.Add(Sequence());
        }
        return items.Count == 1 ? items[0] : new ChoiceExpression(items);
    }

    private SequenceExpression Sequence()
    {
        List<Expression> items = [];
        while (Peek() is not ('\0' or '|' or ')' or ']'))
        {
            items.Add(Repeated(Item()));
        }
        return new SequenceExpression(items);
    }

    private Expression Repeated(Expression item) =>
        Take('*') ? new RepeatExpression(item, Optional: true, Many: true)
        : Take('+') ? new RepeatExpression(item, Optional: false, Many: true)
        : Take('?') ? new RepeatExpression(item, Optional: true, Many: false)
        : item;

    private Expression Item()
    {
        if (Take('['))
        {
            Expression inner = Choice();
            Expect(']');
            return new RepeatExpression(inner, Optional: true, Many: false);
        }
        if (Take('('))
        {
            Expression inner = Choice();
            Expect(')');
            return inner;
        }
        if (Take('\''))
        {
            int end = text.IndexOf('\'', _at);
            string terminal = text[_at..end];
            _at = end + 1;
            return new SymbolExpression(symbol(terminal, true));
        }
        int start = _at;
        while (_at < text.Length && (char.IsLetter(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }
        return _at > start ? new SymbolExpression(symbol(text[start.._at], false)) : throw new ArgumentException($"'{text[_at]}' at {_at} of '{text}'");
    }

    private char Peek()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted)
        {
            return false;
        }
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
        {
            throw new ArgumentException($"'{wanted}' is missing at {_at} of '{text}'");
        }
    }
}
