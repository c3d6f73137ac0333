using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of str.</summary>
internal static partial class TextMethods
{
    public static void Define()
    {
        var cls = PyTypes.Str;
        cls.New("cls, object='', encoding=None, errors=None", a =>
        {
            if (a[1] is PyBytes bytes && !(a.IsNone(2) && a.IsNone(3)))
                return Codecs.Decode(bytes.Items, a.TextOrNull(2) ?? "utf-8", a.TextOrNull(3) ?? "strict");
            var text = Py.Str(a[1]);
            return ReferenceEquals(a[0], PyTypes.Str) ? text : new PyBoxed(a.As<PyClass>(0), text);
        });
        cls.Method("__len__", self => Py.Int(TextIndexing.Length(Text(self))));
        cls.Method("__iter__", self => new NativeIterator("str_iterator", TextIndexing.Characters(Text(self))));
        cls.Method("__contains__", (self, item) => Py.TryText(item, out var part)
            ? Py.Bool(Text(self).Contains(part, StringComparison.Ordinal))
            : throw PyErrors.TypeError($"'in <string>' requires string as left operand, not {Py.TypeName(item)}"));
        cls.Method("__getitem__", (self, key) => GetItem(Text(self), key));
        cls.Method("__hash__", self => Py.Int(PyHash.OfString(Text(self))));
        cls.Method("__add__", (a, b) => SequenceOperators.Concatenate(Text(a), Py.Unbox(b))!);
        cls.Method("__mul__", (a, b) => Multiply(a, b)).Method("__rmul__", (a, b) => Multiply(a, b));
        cls.Method("__mod__", (a, b) => PercentFormat.Apply(Text(a), b));
        cls.Method("encode", "self, encoding='utf-8', errors='strict'", a => Codecs.Encode(Text(a[0]), a.Text(1), a.Text(2)));
        cls.Method("__repr__", self => BuiltinRepr.OfText(Text(self)));
        cls.Method("__str__", self => Text(self));
        cls.Method("__format__", (self, spec) => FormatSpecification.Apply(Text(self), Text(spec)));
        foreach (var op in Enum.GetValues<CompareOperator>())
        {
            cls.Method(OperatorNames.Compare[(int)op], (a, b) => Py.TryText(b, out var other)
                ? BuiltinComparison.TryCompare(op, Text(a), other)!
                : PyNotImplemented.Value);
        }

        DefineCase(cls);
        DefineSearch(cls);
        DefineSplit(cls);
        DefineLayout(cls);
    }

    private static string Text(object self) => Py.TryText(self, out var text)
        ? text
        : throw PyErrors.TypeError($"descriptor requires a 'str' object but received a '{Py.TypeName(self)}'");

    private static object Multiply(object self, object count) => Py.TryIndexOrLarge(count, out var number)
        ? SequenceOperators.Repeat(Text(self), number)!
        : throw PyErrors.TypeError($"can't multiply sequence by non-int of type '{Py.TypeName(count)}'");

    private static object GetItem(string text, object key)
    {
        if (TextIndexing.HasSurrogates(text))
        {
            var points = TextIndexing.Characters(text).ToList();
            var picked = Py.GetItem(new PyList(points), key);
            return picked is PyList list ? string.Concat(list.Items) : picked;
        }

        if (key is not PySlice slice)
        {
            var index = Py.TryIndexOrLarge(key, out var i)
                ? i
                : throw PyErrors.TypeError($"string indices must be integers, not '{Py.TypeName(key)}'");
            return TextIndexing.Character(text[SequenceOperators.Position(index, text.Length, "string index out of range")]);
        }

        var (start, _, step, count) = slice.Indices(text.Length);
        if (step == 1)
            return text.Substring((int)start, (int)count);
        return string.Create((int)count, (text, start, step), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = state.text[(int)(state.start + i * state.step)];
        });
    }

    private static void DefineCase(PyClass cls)
    {
        void Simple(string name, Func<string, object> apply) => cls.Method(name, self => apply(Text(self)));
        Simple("lower", s => s.ToLowerInvariant());
        Simple("casefold", s => s.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal));
        Simple("upper", s => s.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal));
        Simple("capitalize", s => s.Length == 0 ? s : char.ToUpperInvariant(s[0]) + s[1..].ToLowerInvariant());
        Simple("swapcase", s => string.Concat(s.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))));
        Simple("title", Title);
        Simple("isdigit", s => Every(s, char.IsDigit));
        Simple("isdecimal", s => Every(s, char.IsDigit));
        Simple("isnumeric", s => Every(s, char.IsNumber));
        Simple("isalpha", s => Every(s, char.IsLetter));
        Simple("isalnum", s => Every(s, c => char.IsLetterOrDigit(c) || char.IsNumber(c)));
        Simple("isspace", s => Every(s, char.IsWhiteSpace));
        Simple("isascii", s => Py.Bool(s.All(char.IsAscii)));
        Simple("isprintable", s => Py.Bool(s.All(c => !char.IsControl(c))));
        Simple("islower", s => Py.Bool(s.Any(char.IsLower) && !s.Any(char.IsUpper)));
        Simple("isupper", s => Py.Bool(s.Any(char.IsUpper) && !s.Any(char.IsLower)));
        Simple("istitle", s => Py.Bool(s.Any(char.IsLetter) && Title(s) == s));
        Simple("isidentifier", s => Py.Bool(s.Length > 0 && !char.IsDigit(s[0]) && s.All(c => char.IsLetterOrDigit(c) || c == '_')));
    }

    private static object Every(string text, Func<char, bool> holds) => Py.Bool(text.Length > 0 && text.All(holds));

    private static string Title(string text)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = i > 0 && char.IsLetter(characters[i - 1])
                ? char.ToLowerInvariant(characters[i])
                : char.ToUpperInvariant(characters[i]);
        }

        return new string(characters);
    }
}
