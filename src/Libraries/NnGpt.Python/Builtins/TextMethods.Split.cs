using System.Text;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

internal static partial class TextMethods
{
    private static void DefineSplit(PyClass cls)
    {
        cls.Method("split", "self, sep=None, maxsplit=-1", a => ToList(a.IsNone(1)
            ? Words(Text(a[0]), Limit(a))
            : Split(Text(a[0]), Separator(a), Limit(a))));
        cls.Method("rsplit", "self, sep=None, maxsplit=-1", a => ToList(a.IsNone(1)
            ? Reversed(Words(Reverse(Text(a[0])), Limit(a)))
            : Reversed(Split(Reverse(Text(a[0])), Reverse(Separator(a)), Limit(a)))));
        cls.Method("splitlines", "self, keepends=False", a => ToList(Lines(Text(a[0]), a.Bool(1))));
        cls.Method("join", (self, iterable) => Join(Text(self), iterable));
        cls.Method("partition", (self, separator) => Partition(Text(self), Text(separator), false));
        cls.Method("rpartition", (self, separator) => Partition(Text(self), Text(separator), true));
    }

    private static void DefineLayout(PyClass cls)
    {
        cls.Method("strip", "self, chars=None, /", a => Strip(a, true, true));
        cls.Method("lstrip", "self, chars=None, /", a => Strip(a, true, false));
        cls.Method("rstrip", "self, chars=None, /", a => Strip(a, false, true));
        cls.Method("ljust", "self, width, fillchar=' ', /", a => Pad(a, (text, n) => (0, n)));
        cls.Method("rjust", "self, width, fillchar=' ', /", a => Pad(a, (text, n) => (n, 0)));
        cls.Method("center", "self, width, fillchar=' ', /", a => Pad(a, (text, n) =>
        {
            var left = n / 2 + (n & (int)a.Long(1) & 1);
            return (left, n - left);
        }));
        cls.Method("zfill", "self, width, /", a =>
        {
            var text = Text(a[0]);
            var missing = Missing(text, a.Long(1));
            var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
            return text[..sign] + new string('0', missing) + text[sign..];
        });
        cls.Method("expandtabs", "self, tabsize=8", a => ExpandTabs(Text(a[0]), (int)Math.Clamp(a.Long(1), 0, 256)));
    }

    private static long Limit(NativeArguments a) => a.Long(2) < 0 ? long.MaxValue : a.Long(2);

    private static string Separator(NativeArguments a)
    {
        if (!Py.TryText(a[1], out var separator))
            throw PyErrors.TypeError($"must be str or None, not {Py.TypeName(a[1])}");
        return separator.Length > 0 ? separator : throw PyErrors.ValueError("empty separator");
    }

    private static PyList ToList(IEnumerable<string> parts) => new(parts);

    private static string Reverse(string text) => new(text.Reverse().ToArray());

    private static IEnumerable<string> Reversed(IEnumerable<string> parts) => parts.Select(Reverse).Reverse();

    private static List<string> Split(string text, string separator, long limit)
    {
        var parts = new List<string>();
        var start = 0;
        while (parts.Count < limit)
        {
            var at = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Add(text[start..at]);
            start = at + separator.Length;
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static List<string> Words(string text, long limit)
    {
        var parts = new List<string>();
        var i = 0;
        while (true)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
                i++;
            if (i >= text.Length)
                return parts;
            var start = i;
            if (parts.Count == limit)
            {
                parts.Add(text[start..].TrimEnd());
                return parts;
            }

            while (i < text.Length && !char.IsWhiteSpace(text[i]))
                i++;
            parts.Add(text[start..i]);
        }
    }

    private static IEnumerable<string> Lines(string text, bool keepEnds)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\u2028' or '\u2029' or '\x85' or '\x1c' or '\x1d' or '\x1e'))
                continue;
            var end = i;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            yield return text[start..(keepEnds ? i + 1 : end)];
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }

    private static string Join(string separator, object iterable)
    {
        var builder = new StringBuilder();
        var index = 0;
        if (!Py.IsIterable(iterable))
            throw PyErrors.TypeError("can only join an iterable");
        foreach (var item in Py.Iterate(iterable))
        {
            if (!Py.TryText(item, out var text))
                throw PyErrors.TypeError($"sequence item {index}: expected str instance, {Py.TypeName(item)} found");
            RunState.ChargeElements(builder.Length + (long)separator.Length + text.Length, 2);
            if (index++ > 0)
                builder.Append(separator);
            builder.Append(text);
        }

        return builder.ToString();
    }

    private static PyTuple Partition(string text, string separator, bool last)
    {
        if (separator.Length == 0)
            throw PyErrors.ValueError("empty separator");
        var at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return last ? new PyTuple("", "", text) : new PyTuple(text, "", "");
        return new PyTuple(text[..at], separator, text[(at + separator.Length)..]);
    }

    private static string Strip(NativeArguments a, bool left, bool right)
    {
        var text = Text(a[0]);
        var characters = a.TextOrNull(1);
        bool Drops(char c) => characters is null ? char.IsWhiteSpace(c) : characters.Contains(c, StringComparison.Ordinal);
        var (start, end) = (0, text.Length);
        while (left && start < end && Drops(text[start]))
            start++;
        while (right && end > start && Drops(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static int Missing(string text, long width)
    {
        var missing = Math.Max(0, width - TextIndexing.Length(text));
        RunState.ChargeElements(missing, 2);
        return (int)missing;
    }

    private static string Pad(NativeArguments a, Func<string, int, (int Left, int Right)> share)
    {
        var text = Text(a[0]);
        var fill = a.Text(2);
        if (fill.Length != 1)
            throw PyErrors.TypeError("The fill character must be exactly one character long");
        var (left, right) = share(text, Missing(text, a.Long(1)));
        return new string(fill[0], left) + text + new string(fill[0], right);
    }

    private static string ExpandTabs(string text, int size)
    {
        var builder = new StringBuilder();
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var spaces = size == 0 ? 0 : size - column % size;
                RunState.ChargeElements(builder.Length + (long)spaces, 2);
                builder.Append(' ', spaces);
                column += spaces;
                continue;
            }

            builder.Append(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }

        return builder.ToString();
    }
}
