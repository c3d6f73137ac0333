using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>re.Match</c>.</summary>
internal static class RegularExpressionMatch
{
    public static PyClass Define()
    {
        static Match Of(object self) => (Match)((PyInstance)self).NativeState!;
        return new PyClass("Match", "re") { IsAbstractNative = true }
            .Method("group", "self, *groups", a => a.Tuple(1).Count switch
            {
                0 => Of(a[0]).Value,
                1 => Value(GroupOf(Of(a[0]), a.Tuple(1)[0])),
                _ => PyTuple.From(a.Tuple(1).Items.Select(g => Value(GroupOf(Of(a[0]), g)))),
            })
            .Method("__getitem__", (self, group) => Value(GroupOf(Of(self), group)))
            .Method("groups", "self, default=None", a => PyTuple.From(Of(a[0]).Groups.Cast<Group>().Skip(1).Select(g => g.Success ? g.Value : a[1])))
            .Method("groupdict", "self, default=None", a =>
            {
                var dict = new PyDict();
                foreach (var group in Of(a[0]).Groups.Cast<Group>().Where(g => !g.Name.All(char.IsAsciiDigit)))
                    dict.Set(group.Name, group.Success ? group.Value : a[1]);
                return dict;
            })
            .Method("start", "self, group=0", a => Py.Int(Start(GroupOf(Of(a[0]), a[1]))))
            .Method("end", "self, group=0", a => Py.Int(End(GroupOf(Of(a[0]), a[1]))))
            .Method("span", "self, group=0", a => new PyTuple(Py.Int(Start(GroupOf(Of(a[0]), a[1]))), Py.Int(End(GroupOf(Of(a[0]), a[1])))))
            .Method("__bool__", _ => Py.True)
            .Method("__repr__", self => $"<re.Match object; span=({Of(self).Index}, {Of(self).Index + Of(self).Length}), match={Py.Repr(Of(self).Value)}>");
    }

    /// <summary>A replacement template: <c>\1</c>, <c>\g&lt;name&gt;</c> and the usual escapes.</summary>
    public static string Expand(Match match, string template)
    {
        if (!template.Contains('\\', StringComparison.Ordinal))
            return template;
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\' || i + 1 >= template.Length)
            {
                result.Append(template[i]);
                continue;
            }

            var c = template[++i];
            if (char.IsAsciiDigit(c))
            {
                result.Append(GroupOf(match, Py.Int(c - '0')).Value);
            }
            else if (c == 'g' && i + 1 < template.Length && template[i + 1] == '<' && template.IndexOf('>', i) is var close and > 0)
            {
                var name = template[(i + 2)..close];
                result.Append(GroupOf(match, int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Py.Int(number) : name).Value);
                i = close;
            }
            else
            {
                result.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c });
            }
        }

        return result.ToString();
    }

    private static Group GroupOf(Match match, object key)
    {
        if (Py.TryText(key, out var name))
            return match.Groups.ContainsKey(name) ? match.Groups[name] : throw PyErrors.IndexError("no such group");
        var index = Py.ToLong(key);
        return index >= 0 && index < match.Groups.Count ? match.Groups[(int)index] : throw PyErrors.IndexError("no such group");
    }

    private static object Value(Group group) => group.Success ? group.Value : PyNone.Value;

    private static int Start(Group group) => group.Success ? group.Index : -1;

    private static int End(Group group) => group.Success ? group.Index + group.Length : -1;
}
