using System.Text.RegularExpressions;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>re</c> over .NET's expressions, with a time limit on every match.</summary>
internal static class RegularExpressionModule
{
    private const int MaximumPattern = 4096;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    private static readonly PyClass s_pattern = DefinePattern();
    private static readonly PyClass s_match = RegularExpressionMatch.Define();

    public static PyModule Create()
    {
        var module = new PyModule("re").Set("Pattern", s_pattern).Set("Match", s_match).Set("error", PyErrors.ValueErrorClass);
        foreach (var (name, value) in (IEnumerable<(string, long)>)[
                     ("IGNORECASE", 2), ("I", 2), ("MULTILINE", 8), ("M", 8), ("DOTALL", 16), ("S", 16), ("VERBOSE", 64), ("X", 64),
                     ("ASCII", 256), ("A", 256), ("UNICODE", 32), ("U", 32)])
        {
            module.Set(name, Py.Int(value));
        }

        module.Function("compile", "pattern, flags=0", a => Compile(a[0], a.Long(1)));
        module.Function("escape", "pattern", a => Escape(a.Text(0)));
        module.Function("purge", "", _ => null);
        foreach (var (name, parameters) in (IEnumerable<(string, string)>)[
                     ("match", "string"), ("search", "string"), ("fullmatch", "string"), ("findall", "string"), ("finditer", "string"),
                     ("split", "string, maxsplit=0"), ("sub", "repl, string, count=0"), ("subn", "repl, string, count=0")])
        {
            module.Function(name, $"pattern, {parameters}, flags=0", a =>
            {
                var arguments = Enumerable.Range(1, a.Count - 2).Select(i => a[i]).ToArray();
                return Py.CallMethod(Compile(a[0], a.Long(a.Count - 1)), name, arguments);
            });
        }

        return module;
    }

    private static object Compile(object pattern, long flags)
    {
        if (pattern is PyInstance { NativeState: Regex })
            return pattern;
        if (!Py.TryText(pattern, out var text))
            throw PyErrors.TypeError("first argument must be string or compiled pattern");
        if (text.Length > MaximumPattern)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        var options = RegexOptions.CultureInvariant;
        if ((flags & 2) != 0)
            options |= RegexOptions.IgnoreCase;
        if ((flags & 8) != 0)
            options |= RegexOptions.Multiline;
        if ((flags & 16) != 0)
            options |= RegexOptions.Singleline;
        if ((flags & 64) != 0)
            options |= RegexOptions.IgnorePatternWhitespace;
        try
        {
            var compiled = new PyInstance(s_pattern) { NativeState = new Regex(Translate(text), options, s_timeout) };
            compiled.SetAttribute("pattern", text);
            compiled.SetAttribute("flags", Py.Int(flags));
            return compiled;
        }
        catch (ArgumentException exception)
        {
            throw PyErrors.ValueError($"bad regular expression: {exception.Message}");
        }
    }

    private static string Translate(string pattern) => pattern
        .Replace("(?P<", "(?<", StringComparison.Ordinal)
        .Replace("\\Z", "\\z", StringComparison.Ordinal) is var text && text.Contains("(?P=", StringComparison.Ordinal)
            ? BackReference(text)
            : text;

    private static string BackReference(string text)
    {
        for (var at = text.IndexOf("(?P=", StringComparison.Ordinal); at >= 0; at = text.IndexOf("(?P=", StringComparison.Ordinal))
        {
            var close = text.IndexOf(')', at);
            if (close < 0)
                break;
            text = $"{text[..at]}\\k<{text[(at + 4)..close]}>{text[(close + 1)..]}";
        }

        return text;
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(c => "()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));

    private static T Limited<T>(Func<T> match)
    {
        try
        {
            RunState.Current.Step();
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ExecutionLimitException(ExecutionLimit.Time);
        }
    }

    private static PyClass DefinePattern()
    {
        static Regex Of(NativeArguments a) => (Regex)a.As<PyInstance>(0).NativeState!;
        static object Wrap(Match match) => match.Success ? new PyInstance(s_match) { NativeState = match } : PyNone.Value;
        return new PyClass("Pattern", "re") { IsAbstractNative = true }
            .Method("search", "self, string, pos=0, endpos=...", a => Limited(() => Wrap(Find(Of(a), a))))
            .Method("match", "self, string, pos=0, endpos=...", a => Limited(() => Wrap(Find(Anchored(Of(a), "\\G(?:", ")"), a))))
            .Method("fullmatch", "self, string, pos=0, endpos=...", a => Limited(() => Wrap(Find(Anchored(Of(a), "\\G(?:", ")\\z"), a))))
            .Method("findall", "self, string", a => Limited(() => new PyList(Of(a).Matches(a.Text(1)).Select(Found).ToList())))
            .Method("finditer", "self, string", a => Limited(() => new NativeIterator("callable_iterator", Of(a).Matches(a.Text(1)).Select(Wrap).ToList())))
            .Method("split", "self, string, maxsplit=0", a => Limited(() => Split(Of(a), a.Text(1), a.Int(2))))
            .Method("sub", "self, repl, string, count=0", a => Limited(() => Substitute(Of(a), a[1], a.Text(2), a.Int(3)).Text))
            .Method("subn", "self, repl, string, count=0", a => Limited(() =>
            {
                var (text, count) = Substitute(Of(a), a[1], a.Text(2), a.Int(3));
                return new PyTuple(text, Py.Int(count));
            }))
            .Method("__repr__", self => $"re.compile({Py.Repr(((PyInstance)self).GetAttribute("pattern")!)})");
    }

    private static Match Find(Regex regex, NativeArguments a)
    {
        var text = a.Text(1);
        if (a[3] is not PyEllipsis)
            text = text[..(int)Math.Clamp(a.Long(3), 0, text.Length)];
        return regex.Match(text, (int)Math.Clamp(a.Long(2), 0, text.Length));
    }

    private static Regex Anchored(Regex regex, string before, string after) => new(before + regex + after, regex.Options, s_timeout);

    private static object Found(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => PyTuple.From(match.Groups.Cast<Group>().Skip(1).Select(g => g.Value)),
    };

    private static PyList Split(Regex regex, string text, int limit)
    {
        var parts = new List<object>();
        var start = 0;
        foreach (Match match in regex.Matches(text))
        {
            if (limit > 0 && limit-- == 0)
                break;
            parts.Add(text[start..match.Index]);
            parts.AddRange(match.Groups.Cast<Group>().Skip(1).Select(g => g.Success ? g.Value : (object)PyNone.Value));
            start = match.Index + match.Length;
            if (limit == 0 && parts.Count > 0 && start >= text.Length)
                break;
        }

        parts.Add(text[start..]);
        return new PyList(parts);
    }

    private static (string Text, int Count) Substitute(Regex regex, object replacement, string text, int limit)
    {
        var count = 0;
        var result = regex.Replace(
            text,
            match =>
            {
                count++;
                RunState.Current.Step();
                return Py.TryText(replacement, out var template)
                    ? RegularExpressionMatch.Expand(match, template)
                    : Py.Str(Py.Call(replacement, Wrapped(match)));
            },
            limit > 0 ? limit : -1);
        return (result, count);
    }

    private static PyInstance Wrapped(Match match) => new(s_match) { NativeState = match };
}
