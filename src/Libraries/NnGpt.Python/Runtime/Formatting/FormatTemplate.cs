using System.Text;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary><c>"{0:>5} {name.x[1]!r}".format(...)</c>.</summary>
internal static class FormatTemplate
{
    public static string Apply(string template, PyTuple arguments, object keywords)
    {
        var next = 0;
        return Expand(template, arguments, keywords, ref next, 2);
    }

    private static string Expand(string template, PyTuple arguments, object keywords, ref int next, int depth)
    {
        if (depth < 0)
            throw PyErrors.ValueError("Max string recursion exceeded");
        var builder = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                builder.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                throw PyErrors.ValueError("Single '}' encountered in format string");
            if (c != '{')
            {
                builder.Append(c);
                continue;
            }

            var end = FieldEnd(template, i + 1);
            builder.Append(Field(template[(i + 1)..end], arguments, keywords, ref next, depth));
            RunState.ChargeElements(builder.Length, 2);
            i = end;
        }

        return builder.ToString();
    }

    private static int FieldEnd(string template, int start)
    {
        var nesting = 1;
        for (var i = start; i < template.Length; i++)
        {
            if (template[i] == '{')
                nesting++;
            else if (template[i] == '}' && --nesting == 0)
                return i;
        }

        throw PyErrors.ValueError(start >= template.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private static string Field(string field, PyTuple arguments, object keywords, ref int next, int depth)
    {
        var bracket = 0;
        var split = 0;
        for (; split < field.Length; split++)
        {
            if (field[split] == '[')
                bracket++;
            else if (field[split] == ']')
                bracket--;
            else if (bracket == 0 && field[split] is '!' or ':')
                break;
        }

        var name = field[..split];
        var conversion = '\0';
        var rest = field[split..];
        if (rest.StartsWith('!'))
        {
            if (rest.Length < 2)
                throw PyErrors.ValueError("end of string while looking for conversion specifier");
            conversion = rest[1];
            rest = rest[2..];
        }

        var value = Resolve(name, arguments, keywords, ref next);
        value = conversion switch
        {
            '\0' => value,
            's' => Py.Str(value),
            'r' or 'a' => Py.Repr(value),
            _ => throw PyErrors.ValueError($"Unknown conversion specifier {conversion}"),
        };
        var spec = rest.Length > 1 ? Expand(rest[1..], arguments, keywords, ref next, depth - 1) : "";
        return Py.Format(value, spec);
    }

    private static object Resolve(string name, PyTuple arguments, object keywords, ref int next)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var head = end < 0 ? name : name[..end];
        object value;
        if (head.Length == 0)
        {
            if (next < 0)
                throw PyErrors.ValueError("cannot switch from manual field specification to automatic field numbering");
            value = Positional(arguments, next++);
        }
        else if (head.All(char.IsAsciiDigit))
        {
            if (next > 0)
                throw PyErrors.ValueError("cannot switch from automatic field numbering to manual field specification");
            next = -1;
            value = Positional(arguments, int.TryParse(head, out var index) ? index : int.MaxValue);
        }
        else
        {
            value = Py.GetItem(keywords, head);
        }

        return end < 0 ? value : Follow(value, name[end..]);
    }

    private static object Positional(PyTuple arguments, int index) => index < arguments.Count
        ? arguments[index]
        : throw PyErrors.IndexError($"Replacement index {index} out of range for positional args tuple");

    private static object Follow(object value, string path)
    {
        while (path.Length > 0)
        {
            if (path[0] == '[')
            {
                var close = path.IndexOf(']', StringComparison.Ordinal);
                if (close < 0)
                    throw PyErrors.ValueError("Missing ']' in format string");
                var key = path[1..close];
                value = Py.GetItem(value, key.Length > 0 && key.All(char.IsAsciiDigit) ? Py.Int(long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)) : key);
                path = path[(close + 1)..];
                continue;
            }

            var end = path.AsSpan(1).IndexOfAny('.', '[');
            var attribute = end < 0 ? path[1..] : path[1..(end + 1)];
            value = Py.GetAttr(value, attribute);
            path = end < 0 ? "" : path[(end + 1)..];
        }

        return value;
    }
}
