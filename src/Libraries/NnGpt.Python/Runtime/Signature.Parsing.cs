using System.Globalization;

namespace NnGpt.Python.Runtime;

/// <summary>Reading a signature written as text: <c>"self, x, /, stride=1, *, bias=True, **kwargs"</c>.</summary>
internal sealed partial class Signature
{
    public static Signature Parse(string text)
    {
        var parameters = new List<Parameter>();
        var kind = ParameterKind.Positional;
        foreach (var part in Split(text))
        {
            if (part == "/")
            {
                for (var i = 0; i < parameters.Count; i++)
                    parameters[i] = parameters[i] with { Kind = ParameterKind.PositionalOnly };
            }
            else if (part == "*")
            {
                kind = ParameterKind.KeywordOnly;
            }
            else if (part.StartsWith("**", StringComparison.Ordinal))
            {
                parameters.Add(new Parameter(part[2..], ParameterKind.VarKeywords));
            }
            else if (part[0] == '*')
            {
                parameters.Add(new Parameter(part[1..], ParameterKind.VarArgs));
                kind = ParameterKind.KeywordOnly;
            }
            else
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                parameters.Add(equals < 0
                    ? new Parameter(part, kind)
                    : new Parameter(part[..equals].Trim(), kind, Literal(part[(equals + 1)..].Trim())));
            }
        }

        return new Signature([.. parameters]);
    }

    private static object Literal(string text)
    {
        switch (text)
        {
            case "None": return PyNone.Value;
            case "True": return Py.True;
            case "False": return Py.False;
            case "...": return PyEllipsis.Value;
            case "()": return PyTuple.Empty;
        }

        if (text[0] is '\'' or '"')
            return text[1..^1];
        if (text[0] == '(')
            return PyTuple.From(Split(text[1..^1]).Select(Literal));
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return Py.Int(integer);
        return text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            if (c == '(')
                depth++;
            if (c == ')')
                depth--;
            if (c != ',' || (depth > 0 && i < text.Length))
                continue;
            var part = text[start..i].Trim();
            start = i + 1;
            if (part.Length > 0)
                yield return part;
        }
    }
}
