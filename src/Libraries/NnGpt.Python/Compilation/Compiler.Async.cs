using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>await, async for and async with. A coroutine is a generator that nothing but await and its runner steps.</summary>
internal sealed partial class Compiler
{
    /// <summary>The iterator that an awaited value steps through.</summary>
    private static PyIterator Awaitable(object value)
    {
        if (value is PyGenerator { IsCoroutine: true } coroutine)
            return coroutine;
        var type = Py.TypeOf(value);
        return type.Lookup("__await__") is { } method
            ? Py.Cursor(Py.CallSpecial(method, value))
            : throw PyErrors.TypeError($"object {type.Name} can't be used in 'await' expression");
    }

    /// <summary>Awaits the result of an asynchronous special method and leaves it in <see cref="Frame.Sent"/>.</summary>
    private static IEnumerable<object> Await(Frame frame, object value)
    {
        var items = Awaitable(value);
        foreach (var item in DelegateTo(frame, items))
            yield return item;
        frame.Sent = items.Result;
    }

    private static object AsyncMethod(object value, string name, string complaint)
    {
        var type = Py.TypeOf(value);
        return type.Lookup(name) is { } method
            ? Py.BindDescriptor(method, value, type)
            : throw PyErrors.TypeError(string.Format(System.Globalization.CultureInfo.InvariantCulture, complaint, type.Name));
    }

    private ResumableCode ResumableAsyncFor(ForStatement node)
    {
        var before = Hoist([node.Iterable]);
        var iterable = Compile(node.Iterable);
        var target = Target(node.Target);
        var body = ResumableBlock(node.Body);
        var otherwise = ResumableBlock(node.Otherwise);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var source = Py.Call(AsyncMethod(iterable(frame), "__aiter__", "'async for' requires an object with __aiter__ method, got {0}"));
            var next = AsyncMethod(source, "__anext__", "'async for' received an object from __aiter__ that does not implement __anext__: {0}");
            while (true)
            {
                frame.Context.Step();
                PyException? raised;
                using (var items = Await(frame, Py.Call(next)).GetEnumerator())
                {
                    while (Step(items, out raised))
                        yield return items.Current;
                }

                if (raised is not null)
                {
                    if (raised.Is(PyErrors.StopAsyncIterationClass))
                        break;
                    throw raised;
                }

                target(frame, frame.Sent);
                frame.Signal = Completion.Normal;
                foreach (var value in body(frame))
                    yield return value;
                if (LeavesLoop(frame, out var isReturn))
                {
                    frame.Signal = isReturn ? Completion.Return : Completion.Normal;
                    yield break;
                }
            }

            foreach (var value in otherwise(frame))
                yield return value;
        }
    }

    private ResumableCode ResumableAsyncWith(WithStatement node, int index)
    {
        const string Complaint = "'{0}' object does not support the asynchronous context manager protocol";
        var item = node.Items[index];
        var before = Hoist([item.Manager]);
        var manager = Compile(item.Manager);
        var target = item.Target is null ? null : Target(item.Target);
        var body = index + 1 < node.Items.Count ? ResumableAsyncWith(node, index + 1) : ResumableBlock(node.Body);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var context = manager(frame);
            var (enter, exit) = (AsyncMethod(context, "__aenter__", Complaint), AsyncMethod(context, "__aexit__", Complaint));
            foreach (var value in Await(frame, Py.Call(enter)))
                yield return value;
            var entered = frame.Sent;
            frame.Signal = Completion.Normal;
            PyException? raised;
            using (var items = Body(frame, entered).GetEnumerator())
            {
                while (Step(items, out raised))
                    yield return items.Current;
            }

            var (signal, result) = (frame.Signal, frame.ReturnValue);
            object[] details = raised is null
                ? [PyNone.Value, PyNone.Value, PyNone.Value]
                : [raised.Instance.Class, raised.Instance, PyNone.Value];
            foreach (var value in Await(frame, Py.Call(exit, details)))
                yield return value;
            if (raised is not null && !Py.Truth(frame.Sent))
                throw raised;
            (frame.Signal, frame.ReturnValue) = raised is null ? (signal, result) : (Completion.Normal, frame.ReturnValue);
        }

        IEnumerable<object> Body(Frame frame, object entered)
        {
            target?.Invoke(frame, entered);
            foreach (var value in body(frame))
                yield return value;
        }
    }
}
