using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>Calls operators by "name" or "name.overload", counts their work, and turns libtorch's errors into Python's.</summary>
internal static partial class Aten
{
    private static readonly ConcurrentDictionary<string, Operator> s_operators = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<PyExceptionObject, object> s_ofOperators = [];
    private static readonly PyClass s_linAlgError = PyErrors.Subclass("_LinAlgError", "torch._C", PyErrors.RuntimeErrorClass);

    /// <summary>An operator with one tensor as its result.</summary>
    public static TensorObject Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        var session = CandidateSession.Current;
        session.Check();
        try
        {
            if (session.CountMacs)
                MacCounter.Before(session, name, arguments);
            var result = Get(name).Call(arguments);
            if (name == "flatten.using_ints" && session.ChannelsLast is { } layout && arguments[0].AsTensor is { } input)
                layout.Flattened(input, result);
            if (session.CountMacs)
                MacCounter.After(session, name, arguments, result);
            return session.Wrap(result);
        }
        catch (TorchException exception)
        {
            throw Translate(exception);
        }
    }

    /// <summary>An operator with several tensors as its result.</summary>
    public static TensorObject[] CallMany(string name, params ReadOnlySpan<Argument> arguments)
    {
        var session = CandidateSession.Current;
        session.Check();
        try
        {
            var results = Get(name).CallMany(arguments);
            return Array.ConvertAll(results, tensor => tensor is null ? null! : session.Wrap(tensor));
        }
        catch (TorchException exception)
        {
            throw Translate(exception);
        }
    }

    /// <summary>An operator that changes its first argument, which is given back.</summary>
    public static TensorObject InPlace(string name, TensorObject self, params ReadOnlySpan<Argument> others)
    {
        var session = CandidateSession.Current;
        session.Check();
        session.ChannelsLast?.BeforeWrite(self.Tensor);
        var arguments = new Argument[others.Length + 1];
        arguments[0] = self;
        others.CopyTo(arguments.AsSpan(1));
        try
        {
            Get(name).CallInPlace(arguments);
        }
        catch (TorchException exception)
        {
            throw Translate(exception);
        }

        return self;
    }

    /// <summary>Runs native code whose TorchException is an error of the candidate.</summary>
    public static T Guard<T>(Func<T> body)
    {
        try
        {
            return body();
        }
        catch (TorchException exception)
        {
            throw Translate(exception);
        }
    }

    public static void Guard(Action body) => Guard(() =>
    {
        body();
        return 0;
    });

    /// <summary>Whether an exception came out of an operator rather than from the candidate's own raise.</summary>
    public static bool IsOfOperator(PyExceptionObject exception) => s_ofOperators.TryGetValue(exception, out _);

    public static PyException Translate(TorchException exception)
    {
        if (exception.Kind == TorchErrorKind.OutOfMemoryError)
            throw new CandidateLimitException(RejectionReason.Memory, "RuntimeError", exception.Message);
        var cls = exception.Kind switch
        {
            TorchErrorKind.IndexError => PyErrors.IndexErrorClass,
            TorchErrorKind.ValueError => PyErrors.ValueErrorClass,
            TorchErrorKind.TypeError => PyErrors.TypeErrorClass,
            TorchErrorKind.NotImplementedError => PyErrors.NotImplementedErrorClass,
            TorchErrorKind.AttributeError => PyErrors.AttributeErrorClass,
            TorchErrorKind.LinAlgError => s_linAlgError,
            _ => PyErrors.RuntimeErrorClass,
        };
        // Python registers names of its own for types, as a float tensor of the CPU.
        var message = exception.Message.Contains("CPU", StringComparison.Ordinal) ? TypeName().Replace(exception.Message, "torch.$1Tensor") : exception.Message;
        return OfOperator(PyErrors.New(cls, message));
    }

    [GeneratedRegex(@"\bCPU(Float|Double|Half|BFloat16|Long|Int|Short|Char|Byte|Bool)Type\b")]
    private static partial Regex TypeName();

    /// <summary>Marks an exception as one of an operator: sizes that do not fit.</summary>
    public static PyException OfOperator(PyException exception)
    {
        s_ofOperators.AddOrUpdate(exception.Instance, s_ofOperators);
        return exception;
    }

    private static Operator Get(string name) => s_operators.GetOrAdd(name, static key =>
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Operators.Get(key) : Operators.Get(key[..dot], key[(dot + 1)..]);
    });
}
