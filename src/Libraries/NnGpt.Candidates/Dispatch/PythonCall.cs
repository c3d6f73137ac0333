using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>torch.name(...) and tensor.name(...): the overload is chosen from the dispatcher's schemas.</summary>
internal static class PythonCall
{
    private static readonly Operator s_zero = Operators.Get("zero_");

    public static object Invoke(string name, CallStyle style, object[] positional, PyDict? keywords)
    {
        var session = CandidateSession.Current;
        session.Check();
        var values = new object?[positional.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Marshal.ToNative(positional[i]);
        Dictionary<string, object?>? named = null;
        object target = Py.None;
        if (keywords is { Count: > 0 })
        {
            named = new Dictionary<string, object?>(keywords.Count, StringComparer.Ordinal);
            foreach (var (key, value) in keywords.Entries)
            {
                var text = (string)key;
                if (text == "out")
                {
                    target = value;
                    continue;
                }

                if (text is "pin_memory" or "names" && value is PyNone or false)
                    continue;
                named[text] = Marshal.ToNative(value);
            }
        }

        try
        {
            if (session.CountMacs)
                MacCounter.Before(session, name, values);
            object? result;
            if (session.ChannelsLast is { } layout && values is [Tensor self, ..] && layout.Before(name, self, values) is var read && !ReferenceEquals(read, self))
            {
                using (read)
                {
                    values[0] = read;
                    result = Operators.Call(name, values, named, style);
                    result = ReferenceEquals(result, read) ? read.Alias() : result;
                    layout.After(self, result);
                }
            }
            else
            {
                result = Operators.Call(name, values, named, style);
            }

            if (session.CountMacs)
                MacCounter.After(session, name, values, result);
            if (name is "empty" or "new_empty" or "empty_like" or "empty_strided" && result is Tensor fresh)
                Clear(fresh);
            var wrapped = NamedResults.Wrap(name, Marshal.ToPython(result, positional));
            return target is PyNone ? wrapped : IntoOut(name, target, wrapped);
        }
        catch (TorchException) when (name == "view" && session.ChannelsLast is not null)
        {
            throw new LayoutMattersException();
        }
        catch (TorchException) when (RestIsIgnored(name, style, positional))
        {
            return Invoke(name, style, positional[..(style == CallStyle.Method ? 2 : 1)], keywords);
        }
        catch (TorchException exception) when (exception.Kind == TorchErrorKind.TypeError
            && InvalidArguments.Complete(name, exception.Message, style, positional, keywords) is { } message)
        {
            throw Aten.OfOperator(PyErrors.TypeError(message));
        }
        catch (TorchException exception)
        {
            throw Aten.Translate(exception);
        }
    }

    // x.view([2, 3], 4): where sizes may be spread, PyTorch takes a list as all of them and never looks at what follows.
    private static bool RestIsIgnored(string name, CallStyle style, object[] positional)
    {
        var first = style == CallStyle.Method ? 1 : 0;
        return positional.Length > first + 1 && positional[first] is PyList or PyTuple
            && Operators.Overloads(name).Any(op => op.Schema.Arguments.Where(argument => !argument.IsKeywordOnly).Skip(first).ToList()
                is [{ Type: { Kind: ArgumentKind.Int, IsList: true } }]);
    }

    // out=: the result takes the place of what the given tensor held.
    private static object IntoOut(string name, object target, object result)
    {
        switch (target, result)
        {
            case (TensorObject given, TensorObject made):
                if (NoGrad.IsGradEnabled && (given.Tensor.RequiresGrad || made.Tensor.RequiresGrad))
                    throw PyErrors.RuntimeError($"{name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.");
                if (!given.Tensor.Dtype.IsFloatingPoint() && !DTypeObject.IsComplex(given.Tensor.Dtype) && made.Tensor.Dtype.IsFloatingPoint())
                    throw PyErrors.RuntimeError($"result type {Indexing.TypeName(made).Replace("Tensor", "", StringComparison.Ordinal)} can't be cast to the desired output type {Indexing.TypeName(given).Replace("Tensor", "", StringComparison.Ordinal)}");
                if (!given.Shape.SequenceEqual(made.Shape))
                    TensorClass.SetData(given, Aten.Call("to.dtype", made, given.Tensor.Dtype, false, true));
                else
                    Aten.InPlace("copy_", given, made);
                return given;
            case (PyTuple or PyList, PyTuple tuple) when Py.ToList(target) is var all && all.Count == tuple.Count:
                for (var i = 0; i < all.Count; i++)
                    IntoOut(name, all[i], tuple[i]);
                return result;
            default:
                throw PyErrors.TypeError($"{name}(): argument 'out' must be Tensor, not {Py.TypeName(target)}");
        }
    }

    // What a candidate does not initialise must not show what was in memory before.
    private static void Clear(Tensor tensor)
    {
        using var guard = NoGrad.Enter();
        s_zero.CallInPlace(tensor);
    }
}
