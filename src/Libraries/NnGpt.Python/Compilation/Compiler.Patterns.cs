using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>match statements.</summary>
internal sealed partial class Compiler
{
    private delegate bool Matcher(Frame frame, object subject);

    private StatementCode Match(MatchStatement node)
    {
        var subject = Compile(node.Subject);
        var cases = node.Cases.Select(c => (
            Pattern: Compile(c.Pattern),
            Guard: c.Guard is null ? null : Compile(c.Guard),
            Body: Block(c.Body))).ToArray();
        return frame =>
        {
            var value = subject(frame);
            foreach (var (pattern, guard, body) in cases)
            {
                if (pattern(frame, value) && (guard is null || Py.Truth(guard(frame))))
                    return body(frame);
            }

            return Completion.Normal;
        };
    }

    private Matcher Compile(Pattern pattern)
    {
        switch (pattern)
        {
            case ValuePattern node:
                var (value, byIdentity) = (Compile(node.Value), node.ByIdentity);
                return (frame, subject) => byIdentity ? Py.Is(subject, value(frame)) : Py.AreEqual(subject, value(frame));
            case CapturePattern node:
                var inner = node.Pattern is null ? null : Compile(node.Pattern);
                var store = node.Name is null ? null : Store(node.Name);
                return (frame, subject) =>
                {
                    if (inner is not null && !inner(frame, subject))
                        return false;
                    store?.Invoke(frame, subject);
                    return true;
                };
            case OrPattern node:
                var alternatives = node.Alternatives.Select(Compile).ToArray();
                return (frame, subject) => alternatives.Any(a => a(frame, subject));
            case SequencePattern node:
                return Sequence(node);
            case MappingPattern node:
                return Mapping(node);
            case ClassPattern node:
                return ClassMatcher(node);
            default:
                throw new InvalidOperationException($"unexpected {pattern.GetType().Name}");
        }
    }

    private Matcher Sequence(SequencePattern node)
    {
        var star = node.Items.ToList().FindIndex(i => i is StarPattern);
        var rest = star >= 0 && node.Items[star] is StarPattern { Name: { } name } ? Store(name) : null;
        var items = node.Items.Select(i => i is StarPattern ? null : Compile(i)).ToArray();
        var after = items.Length - star - 1;
        return (frame, subject) =>
        {
            IList<object>? values = subject switch
            {
                PyList list => list.Items,
                PyTuple tuple => tuple.Items,
                PyRange range => Py.ToList(range),
                _ => null,
            };
            if (values is null || (star < 0 ? values.Count != items.Length : values.Count < items.Length - 1))
                return false;
            for (var i = 0; i < items.Length; i++)
            {
                if (i == star)
                    continue;
                var at = star >= 0 && i > star ? values.Count - after + (i - star - 1) : i;
                if (!items[i]!(frame, values[at]))
                    return false;
            }

            rest?.Invoke(frame, new PyList(values.Skip(star).Take(values.Count - items.Length + 1)));
            return true;
        };
    }

    private Matcher Mapping(MappingPattern node)
    {
        var items = node.Items.Select(i => (Key: Compile(i.Key), Value: Compile(i.Value))).ToArray();
        var rest = node.Rest is null or "_" ? null : Store(node.Rest);
        return (frame, subject) =>
        {
            if (subject is not PyDict dict)
                return false;
            var left = rest is null ? null : dict.Copy();
            foreach (var (key, value) in items)
            {
                var k = key(frame);
                if (!dict.TryGet(k, out var found) || !value(frame, found))
                    return false;
                left?.Remove(k);
            }

            rest?.Invoke(frame, left!);
            return true;
        };
    }

    private Matcher ClassMatcher(ClassPattern node)
    {
        var cls = Compile(node.Class);
        var positional = node.Positional.Select(Compile).ToArray();
        var keywords = node.Keywords.Select(k => (k.Name, Value: Compile(k.Value))).ToArray();
        return (frame, subject) =>
        {
            if (cls(frame) is not PyClass type)
                throw PyErrors.TypeError("called match pattern must be a class");
            if (!Py.IsInstance(subject, type))
                return false;
            if (positional.Length > 0 && !MatchPositional(frame, subject, type, positional))
                return false;
            foreach (var (name, value) in keywords)
            {
                if (Py.FindAttr(subject, name) is not { } attribute || !value(frame, attribute))
                    return false;
            }

            return true;
        };
    }

    private static bool MatchPositional(Frame frame, object subject, PyClass type, Matcher[] positional)
    {
        var isSelfMatching = type.IsNative && type.Module == "builtins" && type.Lookup("__match_args__") is null;
        if (isSelfMatching && positional.Length == 1)
            return positional[0](frame, subject);
        var names = Py.FindAttr(type, "__match_args__") as PyTuple ?? PyTuple.Empty;
        if (positional.Length > names.Count)
        {
            throw PyErrors.TypeError(
                $"{type.Name}() accepts {names.Count} positional sub-pattern{(names.Count == 1 ? "" : "s")} ({positional.Length} given)");
        }

        for (var i = 0; i < positional.Length; i++)
        {
            if (Py.FindAttr(subject, Py.Str(names[i])) is not { } attribute || !positional[i](frame, attribute))
                return false;
        }

        return true;
    }
}
