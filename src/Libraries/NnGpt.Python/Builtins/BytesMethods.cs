using System.Globalization;
using System.Text;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of bytes.</summary>
internal static class BytesMethods
{
    public static void Define()
    {
        var cls = PyTypes.Bytes;
        cls.New("cls, source=None, encoding=None, errors=None", a => Make(a[1], a.TextOrNull(2)));
        cls.Method("__len__", self => Py.Int(Items(self).Length))
            .Method("__iter__", self => new NativeIterator("bytes_iterator", Items(self).Select(b => Py.Int(b))))
            .Method("__getitem__", (self, key) => GetItem(Items(self), key))
            .Method("__contains__", (self, item) => item is PyBytes part
                ? Py.Bool(Items(self).AsSpan().IndexOf(part.Items) >= 0)
                : Py.Bool(Items(self).Contains((byte)Py.ToInt32(item))))
            .Method("__add__", (a, b) => b is PyBytes other
                ? Joined([Items(a), other.Items])
                : throw PyErrors.TypeError($"can't concat {Py.TypeName(b)} to bytes"))
            .Method("__mul__", Repeat).Method("__rmul__", Repeat)
            .Method("__hash__", self => Py.Int(PyHash.OfString(Encoding.Latin1.GetString(Items(self)))))
            .Method("__repr__", self => Text(Items(self)))
            .Method("hex", "self, /", a => Convert.ToHexStringLower(Items(a[0])))
            .Method("decode", "self, encoding='utf-8', errors='strict'", a => Codecs.Decode(Items(a[0]), a.Text(1), a.Text(2)))
            .Method("join", (self, parts) => Joined([.. Between(Items(self), Py.ToList(parts))]))
            .Method("split", "self, sep=None, maxsplit=-1", a => Split(a))
            .Method("startswith", (self, prefix) => Py.Bool(Items(self).AsSpan().StartsWith(Items(prefix))))
            .Method("endswith", (self, suffix) => Py.Bool(Items(self).AsSpan().EndsWith(Items(suffix))))
            .Method("find", (self, part) => Py.Int(Items(self).AsSpan().IndexOf(Items(part))))
            .Method("count", (self, part) => Py.Int(Items(self).AsSpan().Count(Items(part))))
            .ClassMethod("fromhex", "cls, string, /", a => FromHex(a.Text(1)));
        foreach (var (name, apply) in (IEnumerable<(string, Func<string, string>)>)[
                     ("upper", s => s.ToUpperInvariant()), ("lower", s => s.ToLowerInvariant()), ("strip", s => s.Trim(' ', '\t', '\n', '\r', '\v', '\f'))])
        {
            cls.Method(name, self => new PyBytes(Encoding.Latin1.GetBytes(apply(Encoding.Latin1.GetString(Items(self))))));
        }

        cls.Method("replace", "self, old, new, count=-1, /", a => new PyBytes(Encoding.Latin1.GetBytes((string)Py.CallMethod(
            Encoding.Latin1.GetString(Items(a[0])), "replace", Encoding.Latin1.GetString(Items(a[1])), Encoding.Latin1.GetString(Items(a[2])), a[3]))));
        foreach (var op in Enum.GetValues<CompareOperator>())
        {
            cls.Method(OperatorNames.Compare[(int)op], (a, b) => b is PyBytes other
                ? BuiltinComparison.Of(op, Items(a).AsSpan().SequenceCompareTo(other.Items))
                : PyNotImplemented.Value);
        }
    }

    private static byte[] Items(object value) => value is PyBytes bytes
        ? bytes.Items
        : throw PyErrors.TypeError($"a bytes-like object is required, not '{Py.TypeName(value)}'");

    private static PyBytes Make(object source, string? encoding)
    {
        if (Py.TryText(source, out var text))
        {
            return encoding is null
                ? throw PyErrors.TypeError("string argument without an encoding")
                : Codecs.Encode(text, encoding, "strict");
        }

        if (source is PyNone)
            return new PyBytes([]);
        if (source is PyBytes)
            return (PyBytes)source;
        if (Py.IsInt(source))
        {
            var count = Py.ToLong(source);
            if (count < 0)
                throw PyErrors.ValueError("negative count");
            RunState.ChargeElements(count, 1);
            return new PyBytes(new byte[count]);
        }

        var items = Py.ToList(source);
        var bytes = new byte[items.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = Py.ToLong(items[i]);
            bytes[i] = value is >= 0 and <= 255 ? (byte)value : throw PyErrors.ValueError("bytes must be in range(0, 256)");
        }

        return new PyBytes(bytes);
    }

    private static object GetItem(byte[] items, object key)
    {
        if (key is not PySlice slice)
        {
            return Py.TryIndexOrLarge(key, out var index)
                ? Py.Int(items[SequenceOperators.Position(index, items.Length, "index out of range")])
                : throw PyErrors.TypeError($"byte indices must be integers or slices, not {Py.TypeName(key)}");
        }

        var (start, _, step, count) = slice.Indices(items.Length);
        var result = new byte[count];
        for (var i = 0; i < count; i++)
            result[i] = items[start + i * step];
        return new PyBytes(result);
    }

    private static object Repeat(object self, object count)
    {
        if (!Py.TryIndexOrLarge(count, out var number))
            return PyNotImplemented.Value;
        number = Math.Max(0, number);
        if (number > int.MaxValue)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        RunState.ChargeElements(number * Items(self).Length, 1);
        return Joined(Enumerable.Repeat(Items(self), (int)number));
    }

    private static PyBytes Joined(IEnumerable<byte[]> parts)
    {
        var all = parts.ToList();
        RunState.ChargeElements(all.Sum(p => (long)p.Length), 1);
        return new PyBytes([.. all.SelectMany(p => p)]);
    }

    private static IEnumerable<byte[]> Between(byte[] separator, List<object> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                yield return separator;
            yield return parts[i] is PyBytes part
                ? part.Items
                : throw PyErrors.TypeError($"sequence item {i}: expected a bytes-like object, {Py.TypeName(parts[i])} found");
        }
    }

    private static PyList Split(NativeArguments a)
    {
        var text = Encoding.Latin1.GetString(Items(a[0]));
        object separator = a.IsNone(1) ? PyNone.Value : Encoding.Latin1.GetString(Items(a[1]));
        var parts = Py.ToList(Py.CallMethod(text, "split", separator, a[2]));
        return new PyList(parts.Select(p => (object)new PyBytes(Encoding.Latin1.GetBytes((string)p))));
    }

    private static PyBytes FromHex(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? new PyBytes(Convert.FromHexString(digits))
            : throw PyErrors.ValueError("non-hexadecimal number found in fromhex() arg");
    }

    private static string Text(byte[] items)
    {
        var quote = items.Contains((byte)'\'') && !items.Contains((byte)'"') ? '"' : '\'';
        var builder = new StringBuilder("b").Append(quote);
        foreach (var item in items)
        {
            var c = (char)item;
            _ = c switch
            {
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                _ when c == quote => builder.Append('\\').Append(c),
                < ' ' or > '~' => builder.Append(CultureInfo.InvariantCulture, $"\\x{item:x2}"),
                _ => builder.Append(c),
            };
        }

        return builder.Append(quote).ToString();
    }
}
