using System.Globalization;

namespace NnGpt.Torch;

/// <summary>Reads the dispatcher's schema texts.</summary>
internal static class SchemaParser
{
    public static OperatorSchema Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int arrow = text.LastIndexOf(" -> ", StringComparison.Ordinal);
        // "Tensor(a -> *)" has arrows too; the one of the result follows the closing parenthesis of the arguments.
        int close = open < 0 ? -1 : MatchingParenthesis(text, open);
        if (close < 0 || arrow < 0 || !text.AsSpan(close + 1).StartsWith(" -> "))
        {
            throw new FormatException($"not an operator schema: {text}");
        }
        string fullName = text[..open];
        int colon = fullName.IndexOf("::", StringComparison.Ordinal);
        int dot = fullName.IndexOf('.', colon < 0 ? 0 : colon);
        bool keywordOnly = false;
        List<SchemaArgument> arguments = [];
        foreach (string part in SplitTopLevel(text[(open + 1)..close]))
        {
            if (part == "*")
            {
                keywordOnly = true;
            }
            else
            {
                arguments.Add(ParseArgument(part, keywordOnly));
            }
        }
        string returns = text[(close + 5)..].Trim();
        if (returns.StartsWith('(') && MatchingParenthesis(returns, 0) == returns.Length - 1)
        {
            returns = returns[1..^1];
        }
        return new OperatorSchema(
            dot < 0 ? fullName : fullName[..dot],
            dot < 0 ? string.Empty : fullName[(dot + 1)..],
            arguments,
            [.. SplitTopLevel(returns).Select(part => ParseType(TypeAndName(part).Type))],
            text);
    }

    private static SchemaArgument ParseArgument(string part, bool keywordOnly)
    {
        (string typeText, string rest) = TypeAndName(part);
        int equals = rest.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? rest : rest[..equals];
        ArgumentType type = ParseType(typeText);
        return new SchemaArgument(
            name.Trim(), type, keywordOnly, equals >= 0,
            equals < 0 ? null : ParseDefault(rest[(equals + 1)..].Trim(), type),
            typeText.Contains('!', StringComparison.Ordinal));
    }

    // "Tensor(a! -> b) self" -> ("Tensor(a! -> b)", "self"); a result may have no name.
    private static (string Type, string Name) TypeAndName(string part)
    {
        int depth = 0;
        for (int i = 0; i < part.Length; i++)
        {
            switch (part[i])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case ' ' when depth == 0:
                    return (part[..i], part[(i + 1)..]);
                default:
                    break;
            }
        }
        return (part, string.Empty);
    }

    private static ArgumentType ParseType(string text)
    {
        string type = WithoutAliases(text);
        bool optional = type.EndsWith('?');
        string core = optional ? type[..^1] : type;
        bool list = core.EndsWith(']');
        int size = 0;
        bool elementOptional = false;
        if (list)
        {
            int bracket = core.LastIndexOf('[');
            _ = int.TryParse(core.AsSpan(bracket + 1, core.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out size);
            core = core[..bracket];
            elementOptional = core.EndsWith('?');
            core = elementOptional ? core[..^1] : core;
        }
        ArgumentKind kind = core switch
        {
            "Tensor" => ArgumentKind.Tensor,
            "Scalar" => ArgumentKind.Scalar,
            "int" or "SymInt" => ArgumentKind.Int,
            "float" => ArgumentKind.Float,
            "bool" => ArgumentKind.Bool,
            "str" or "Dimname" => ArgumentKind.String,
            "ScalarType" => ArgumentKind.Dtype,
            "Layout" => ArgumentKind.Layout,
            "Device" => ArgumentKind.Device,
            "MemoryFormat" => ArgumentKind.MemoryFormat,
            "Generator" => ArgumentKind.Generator,
            _ => ArgumentKind.Other,
        };
        return new ArgumentType(kind, list, size, optional, elementOptional, type);
    }

    // "Tensor(a!)" -> "Tensor", "Tensor(a)[]" -> "Tensor[]"
    private static string WithoutAliases(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal);
        return open <= 0 || type.StartsWith("Dict", StringComparison.Ordinal) ? type : type[..open] + type[(MatchingParenthesis(type, open) + 1)..];
    }

    private static object? ParseDefault(string text, ArgumentType type)
    {
        if (text.StartsWith('['))
        {
            return SplitTopLevel(text[1..^1]).Select(item => long.Parse(item, CultureInfo.InvariantCulture)).ToArray();
        }
        return text switch
        {
            "None" => null,
            "True" => true,
            "False" => false,
            "Mean" => 1L,
            "contiguous_format" => (long)MemoryFormat.Contiguous,
            "long" => (long)Dtype.Int64,
            "strided" => (long)Layout.Strided,
            _ when text.StartsWith('"') || text.StartsWith('\'') => text[1..^1],
            _ when type.Kind == ArgumentKind.Float => double.Parse(text, CultureInfo.InvariantCulture),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => text,
        };
    }

    private static IEnumerable<string> SplitTopLevel(string text)
    {
        int depth = 0;
        int start = 0;
        char quote = '\0';
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '(' or '[')
            {
                depth++;
            }
            else if (c is ')' or ']')
            {
                depth--;
            }
            else if (c == ',' && depth == 0)
            {
                string part = text[start..Math.Min(i, text.Length)].Trim();
                start = i + 1;
                if (part.Length > 0)
                {
                    yield return part;
                }
            }
        }
    }

    private static int MatchingParenthesis(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }
        return -1;
    }
}
