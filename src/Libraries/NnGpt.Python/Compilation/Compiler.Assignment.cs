using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Binding and deleting targets.</summary>
internal sealed partial class Compiler
{
    private Action<Frame, object> Target(Expression target)
    {
        switch (target)
        {
            case NameExpression node:
                return Store(node.Id);
            case AttributeExpression node:
                var (owner, name) = (Compile(node.Target), node.Name);
                return (frame, value) => Py.SetAttr(owner(frame), name, value);
            case SubscriptExpression node:
                var (container, index) = (Compile(node.Target), Compile(node.Index));
                return (frame, value) =>
                {
                    var into = container(frame);
                    Py.SetItem(into, index(frame), value);
                };
            case StarredExpression node:
                return Target(node.Value);
            case SequenceExpression node:
                return Unpacking(node);
            default:
                throw new InvalidOperationException($"unexpected target {target.GetType().Name}");
        }
    }

    private Action<Frame, object> Unpacking(SequenceExpression node)
    {
        var targets = node.Items.Select(Target).ToArray();
        var star = node.Items.ToList().FindIndex(i => i is StarredExpression);
        if (star < 0)
        {
            return (frame, value) =>
            {
                var items = Unpack(value, targets.Length);
                for (var i = 0; i < targets.Length; i++)
                    targets[i](frame, items[i]);
            };
        }

        var after = targets.Length - star - 1;
        return (frame, value) =>
        {
            if (!Py.IsIterable(value))
                throw PyErrors.TypeError($"cannot unpack non-iterable {Py.TypeName(value)} object");
            var items = Py.ToList(value);
            if (items.Count < targets.Length - 1)
                throw PyErrors.ValueError($"not enough values to unpack (expected at least {targets.Length - 1}, got {items.Count})");
            for (var i = 0; i < star; i++)
                targets[i](frame, items[i]);
            targets[star](frame, new PyList(items.GetRange(star, items.Count - star - after)));
            for (var i = 0; i < after; i++)
                targets[star + 1 + i](frame, items[items.Count - after + i]);
        };
    }

    /// <summary>Exactly so many items of an iterable.</summary>
    private static IList<object> Unpack(object value, int count)
    {
        IList<object>? items = value switch
        {
            PyTuple tuple when tuple.Class.IsNative => tuple.Items,
            PyList list when list.Class.IsNative => list.Items,
            _ => null,
        };
        if (items is null)
        {
            if (!Py.IsIterable(value))
                throw PyErrors.TypeError($"cannot unpack non-iterable {Py.TypeName(value)} object");
            var taken = new List<object>(count);
            foreach (var item in Py.Iterate(value))
            {
                if (taken.Count == count)
                    throw PyErrors.ValueError($"too many values to unpack (expected {count})");
                taken.Add(item);
            }

            items = taken;
        }

        if (items.Count < count)
            throw PyErrors.ValueError($"not enough values to unpack (expected {count}, got {items.Count})");
        return items.Count > count ? throw PyErrors.ValueError($"too many values to unpack (expected {count})") : items;
    }

    private Action<Frame> Deletion(Expression target)
    {
        switch (target)
        {
            case NameExpression node:
                return Delete(node.Id);
            case AttributeExpression node:
                var (owner, name) = (Compile(node.Target), node.Name);
                return frame => Py.DelAttr(owner(frame), name);
            case SubscriptExpression node:
                var (container, index) = (Compile(node.Target), Compile(node.Index));
                return frame => Py.DelItem(container(frame), index(frame));
            case SequenceExpression node:
                var items = node.Items.Select(Deletion).ToArray();
                return frame =>
                {
                    foreach (var item in items)
                        item(frame);
                };
            default:
                throw new InvalidOperationException($"unexpected target {target.GetType().Name}");
        }
    }

    private StatementCode Augmented(AugmentedAssignStatement node)
    {
        var value = Compile(node.Value);
        var op = node.Operator;
        switch (node.Target)
        {
            case NameExpression name:
                var (load, store) = (Load(name.Id), Store(name.Id));
                return frame =>
                {
                    var left = load(frame);
                    store(frame, Py.InPlace(op, left, value(frame)));
                    return Completion.Normal;
                };
            case AttributeExpression attribute:
                var (owner, attributeName) = (Compile(attribute.Target), attribute.Name);
                return frame =>
                {
                    var target = owner(frame);
                    var left = Py.GetAttr(target, attributeName);
                    Py.SetAttr(target, attributeName, Py.InPlace(op, left, value(frame)));
                    return Completion.Normal;
                };
            default:
                var subscript = (SubscriptExpression)node.Target;
                var (container, index) = (Compile(subscript.Target), Compile(subscript.Index));
                return frame =>
                {
                    var target = container(frame);
                    var key = index(frame);
                    var left = Py.GetItem(target, key);
                    Py.SetItem(target, key, Py.InPlace(op, left, value(frame)));
                    return Completion.Normal;
                };
        }
    }

    private StatementCode Annotated(AnnotatedAssignStatement node)
    {
        var value = node.Value is null ? null : Compile(node.Value);
        var store = value is null ? null : Target(node.Target);
        var name = (node.Target as NameExpression)?.Id;
        ExpressionCode? annotation = null;
        if (_scope.Kind != ScopeKind.Function)
            annotation = _unit.LazyAnnotations ? AnnotationText(node.Annotation) : Compile(node.Annotation);
        return frame =>
        {
            if (value is not null)
                store!(frame, value(frame));
            if (annotation is not null)
            {
                var type = annotation(frame);
                if (name is not null)
                    AnnotationsOf(frame).Set(name, type);
            }

            return Completion.Normal;
        };
    }

    private static ExpressionCode AnnotationText(Expression annotation)
    {
        var text = annotation switch
        {
            NameExpression name => name.Id,
            ConstantExpression { Value: string quoted } => quoted,
            AttributeExpression attribute => attribute.Name,
            SubscriptExpression { Target: NameExpression name } => name.Id + "[...]",
            _ => "...",
        };
        return _ => text;
    }

    private static PyDict AnnotationsOf(Frame frame)
    {
        var names = frame.Namespace ?? frame.Globals;
        if (names.GetOrNull("__annotations__") is PyDict existing)
            return existing;
        var made = new PyDict();
        names.Set("__annotations__", made);
        return made;
    }
}
