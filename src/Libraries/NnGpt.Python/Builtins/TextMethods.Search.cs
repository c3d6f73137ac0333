using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

internal static partial class TextMethods
{
    private static void DefineSearch(PyClass cls)
    {
        const string Range = "self, sub, start=None, end=None, /";
        cls.Method("find", Range, a => Find(a, false, null));
        cls.Method("rfind", Range, a => Find(a, true, null));
        cls.Method("index", Range, a => Find(a, false, "substring not found"));
        cls.Method("rindex", Range, a => Find(a, true, "substring not found"));
        cls.Method("count", Range, a =>
        {
            var (part, _) = Part(a);
            var sub = a.Text(1);
            if (sub.Length == 0)
                return Py.Int(part.Length + 1);
            var count = 0;
            for (var i = part.IndexOf(sub, StringComparison.Ordinal); i >= 0; i = part.IndexOf(sub, i + sub.Length, StringComparison.Ordinal))
                count++;
            return Py.Int(count);
        });
        cls.Method("startswith", Range, a => Affix(a, "startswith", (text, affix) => text.StartsWith(affix, StringComparison.Ordinal)));
        cls.Method("endswith", Range, a => Affix(a, "endswith", (text, affix) => text.EndsWith(affix, StringComparison.Ordinal)));
        cls.Method("replace", "self, old, new, count=-1, /", a => Replace(Text(a[0]), a.Text(1), a.Text(2), a.Long(3)));
        cls.Method("removeprefix", (self, affix) =>
            Text(self).StartsWith(Text(affix), StringComparison.Ordinal) ? Text(self)[Text(affix).Length..] : Text(self));
        cls.Method("removesuffix", (self, affix) =>
            Text(affix).Length > 0 && Text(self).EndsWith(Text(affix), StringComparison.Ordinal) ? Text(self)[..^Text(affix).Length] : Text(self));
        cls.Method("translate", (self, table) => string.Concat(Text(self).Select(c => Translated(table, c))));
        cls.StaticMethod("maketrans", "x, y=None, z=None, /", MakeTranslation);
        cls.Method("format", "self, *args, **kwargs", a => FormatTemplate.Apply(Text(a[0]), a.Tuple(1), a.Dict(2)));
        cls.Method("format_map", (self, mapping) => FormatTemplate.Apply(Text(self), PyTuple.Empty, mapping));
    }

    private static (string Part, int Start) Part(NativeArguments a)
    {
        var text = Text(a[0]);
        var (start, stop, _, _) = new PySlice(a[2], a[3], PyNone.Value).Indices(text.Length);
        return start > stop ? ("", (int)start) : (text[(int)start..(int)stop], (int)start);
    }

    private static object Find(NativeArguments a, bool last, string? complaint)
    {
        var (part, start) = Part(a);
        var sub = a.Text(1);
        var at = last ? part.LastIndexOf(sub, StringComparison.Ordinal) : part.IndexOf(sub, StringComparison.Ordinal);
        if (last && sub.Length == 0)
            at = part.Length;
        if (at < 0 && complaint is not null)
            throw PyErrors.ValueError(complaint);
        return Py.Int(at < 0 ? -1 : at + start);
    }

    private static object Affix(NativeArguments a, string name, Func<string, string, bool> holds)
    {
        var (part, _) = Part(a);
        if (a[1] is PyTuple tuple)
            return tuple.Items.Any(i => holds(part, Text(i)));
        return Py.TryText(a[1], out var affix)
            ? holds(part, affix)
            : throw PyErrors.TypeError($"{name} first arg must be str or a tuple of str, not {Py.TypeName(a[1])}");
    }

    private static string Replace(string text, string old, string by, long count)
    {
        if (count < 0)
            count = long.MaxValue;
        var parts = old.Length == 0 ? Interleaved(text, count) : Split(text, old, count);
        var total = parts.Sum(p => (long)p.Length) + (long)by.Length * Math.Max(0, parts.Count - 1);
        RunState.ChargeElements(total, 2);
        return string.Join(by, parts);
    }

    private static List<string> Interleaved(string text, long count)
    {
        var parts = new List<string> { "" };
        for (var i = 0; i < text.Length && parts.Count < count; i++)
            parts.Add(text[i].ToString());
        var used = parts.Count - 1;
        if (parts.Count < count || count > text.Length)
            parts.Add("");
        if (used < text.Length)
            parts[^1] += text[used..];
        return parts;
    }

    private static string Translated(object table, char c)
    {
        object value;
        try
        {
            value = Py.GetItem(table, Py.Int(c));
        }
        catch (PyException exception) when (exception.Is(PyErrors.LookupErrorClass))
        {
            return c.ToString();
        }

        return value is PyNone ? "" : Py.TryText(value, out var text) ? text : char.ConvertFromUtf32(Py.ToInt32(value));
    }

    private static object MakeTranslation(NativeArguments a)
    {
        var table = new PyDict();
        if (a[0] is PyDict dict)
        {
            foreach (var (key, value) in dict.Entries)
                table.Set(Py.TryText(key, out var text) ? Py.Int(text[0]) : key, value);
            return table;
        }

        var (from, to) = (a.Text(0), a.Text(1));
        if (from.Length != to.Length)
            throw PyErrors.ValueError("the first two maketrans arguments must have equal length");
        for (var i = 0; i < from.Length; i++)
            table.Set(Py.Int(from[i]), Py.Int(to[i]));
        foreach (var c in a.TextOrNull(2) ?? "")
            table.Set(Py.Int(c), PyNone.Value);
        return table;
    }
}
