using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Modules;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Candidates.Tracing;
using NnGpt.Python;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Execution;

/// <summary>One candidate, executed: its module, its network, and whatever stopped it.</summary>
internal sealed class CandidateRun : IDisposable
{
    private const string File = "candidate.py";
    private const string ModuleName = "candidate";

    private readonly Interpreter _interpreter;
    private readonly CandidateSession _session;
    private readonly CandidateSession? _outer;
    private readonly bool _gradEnabled = NoGrad.IsGradEnabled;
    private readonly MemoryLimit _memory;
    private PyModule? _module;

    public CandidateRun(CandidateLimits limits, CancellationToken cancellation)
    {
        _interpreter = new Interpreter(
            new ExecutionLimits { Steps = limits.Steps, CallDepth = limits.CallDepth, Time = limits.Time }, TimeProvider.System, cancellation);
        _session = new CandidateSession(limits, cancellation) { Interpreter = _interpreter };
        _outer = CandidateSession.Exchange(_session);
        _memory = new MemoryLimit(limits.TensorBytes);
        StandardLibrary.Register(_interpreter);
        TorchLibrary.Register(_interpreter);
        _interpreter.ExceptionTranslators.Add(Translate);
    }

    public CandidateSession Session => _session;

    public string Output => _interpreter.Output;

    /// <summary>The network, once <see cref="Instantiate"/> has made it.</summary>
    public ModuleObject? Net { get; private set; }

    /// <summary>The hyper-parameters that the network got.</summary>
    public PyDict Prm { get; private set; } = new();

    /// <summary>Parses a source.</summary>
    public static (PythonCode? Code, CandidateRejection? Rejection) Compile(string source, CandidateLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
            return (null, new CandidateRejection(RejectionReason.Memory, "MemoryError", $"the source has more than {limits.MaxSourceLength} characters", 0));
        var compiled = PythonSource.Compile(source, File);
        return compiled.Succeeded
            ? (compiled.Code, null)
            : (null, new CandidateRejection(RejectionReason.Syntax, compiled.Error.Kind, compiled.Error.Message, compiled.Error.Line));
    }

    /// <summary>Runs a step of the candidate's life; null when it went well.</summary>
    public CandidateRejection? Try(Action body) => Stopped(() =>
    {
        var result = _interpreter.Evaluate(() =>
        {
            body();
            return Py.None;
        });
        return Rejection(result.Limit, result.Exception);
    });

    /// <summary>Runs the module's body.</summary>
    public CandidateRejection? Execute(PythonCode code) => Stopped(() =>
    {
        var result = _interpreter.Execute(code, ModuleName);
        _module = result.Value;
        return Rejection(result.Limit, result.Exception);
    });

    // What the candidate cannot catch ends it here.
    private static CandidateRejection? Stopped(Func<CandidateRejection?> step)
    {
        try
        {
            return step();
        }
        catch (CandidateLimitException exception)
        {
            return new CandidateRejection(exception.Reason, exception.ErrorType, exception.Message, 0);
        }
        catch (CandidateContractException exception)
        {
            return new CandidateRejection(exception.Reason, exception.ErrorType, exception.Message, 0);
        }
        catch (TorchException exception) when (exception.Kind == TorchErrorKind.OutOfMemoryError)
        {
            return new CandidateRejection(RejectionReason.Memory, "RuntimeError", exception.Message, 0);
        }
        catch (OutOfMemoryException exception)
        {
            return new CandidateRejection(RejectionReason.Memory, "MemoryError", exception.Message, 0);
        }
    }

    private static CandidateRejection? Rejection(ExecutionLimit? limit, PyException? exception) =>
        limit is { } reached ? OfLimit(reached) : exception is null ? null : OfException(exception);

    /// <summary>Makes the network as its contract says; the seed is set directly before.</summary>
    public void Instantiate(CandidateContract contract, IReadOnlyList<long> inShape, int classes, IReadOnlyDictionary<string, double> prm, ulong seed)
    {
        var arguments = contract == CandidateContract.Lemur ? CheckLemur(inShape, classes, prm) : [];
        var cls = contract == CandidateContract.Lemur ? (PyClass)_module!.Find("Net")! : PlainClass();
        TorchRandom.ManualSeed(seed);
        Net = Py.Call(cls, arguments, (Keyword[]?)null) as ModuleObject
            ?? throw new CandidateContractException(RejectionReason.Contract, "ContractError", "Net does not make an nn.Module");
        CheckParameters();
    }

    public long Parameters() => ModuleClass.Parameters(Net!).Sum(parameter => parameter.Tensor.NumElements);

    public IReadOnlyList<TensorSpec> StateDict() =>
    [
        .. ModuleClass.State(Net!).Where(entry => !entry.Value.IsLazy).Select(entry => new TensorSpec(entry.Key, entry.Value.Shape, "torch." + entry.Value.Tensor.Dtype.PythonName())),
    ];

    /// <summary>A forward pass in eval mode without gradients; counts its multiply-accumulates.</summary>
    public (TensorObject? Output, long Macs) Forward(TensorObject input)
    {
        using var guard = NoGrad.Enter();
        _session.BeginMacs(input.Dim > 0 ? input.Shape[0] : 1);
        try
        {
            var result = Py.Call(Net!, input);
            return (FirstTensor(result), (long)_session.Macs);
        }
        finally
        {
            _session.EndMacs();
        }
    }

    /// <summary>The same, recorded as a graph; null when there is no output.</summary>
    public (TensorObject? Output, long Macs, TracedGraph? Graph) Trace(TensorObject input)
    {
        var tracer = new GraphTracer(Net!, input);
        OperatorObserver.Current = tracer;
        _session.Trace = tracer;
        try
        {
            var (output, macs) = Forward(input);
            OperatorObserver.Current = null;
            return (output, macs, output is null ? null : tracer.Finish(output));
        }
        finally
        {
            OperatorObserver.Current = null;
            _session.Trace = null;
        }
    }

    public void Dispose()
    {
        foreach (var mode in Enumerable.Reverse(_session.Modes))
            mode.Dispose();
        _session.GradientHooks.ForEach(GradientHooks.Remove);
        _session.Tensors.Dispose();
        NoGrad.IsGradEnabled = _gradEnabled;
        _memory.Dispose();
        CandidateSession.Exchange(_outer);
    }

    public void CheckParameters()
    {
        var parameters = Parameters();
        if (parameters > _session.Limits.MaxParameters)
        {
            throw new CandidateContractException(RejectionReason.Parameters, "ParameterBudgetError",
                $"the network has {parameters} parameters; the budget is {_session.Limits.MaxParameters}");
        }
    }

    private object[] CheckLemur(IReadOnlyList<long> inShape, int classes, IReadOnlyDictionary<string, double> prm)
    {
        CandidateContractException Missing(string what) => new(RejectionReason.Contract, "ContractError", what);
        if (_module!.Find("Net") is not PyClass net || !net.IsSubclassOf(ModuleClass.Type))
            throw Missing("no class Net(nn.Module)");
        if (_module.Find("supported_hyperparameters") is not { } supported || !Py.IsCallable(supported))
            throw Missing("no function supported_hyperparameters");
        foreach (var method in (string[])["train_setup", "learn"])
        {
            if (net.Lookup(method) is not { } found || !Py.IsCallable(found))
                throw Missing($"Net has no method {method}");
        }

        foreach (var name in Py.ToList(Py.Call(supported)))
            Prm.Set(name, 0.5);
        foreach (var (name, value) in prm)
            Prm.Set(name, name == "batch" ? Py.Int((long)value) : value);
        return [PyTuple.OfInts([.. inShape]), new PyTuple(Py.Int(classes)), Prm, DeviceObject.Cpu];
    }

    private PyClass PlainClass()
    {
        if (_module!.Find("Net") is PyClass net && net.IsSubclassOf(ModuleClass.Type))
            return net;
        return _module.Globals.Values.OfType<PyClass>().LastOrDefault(cls => cls.Module == ModuleName && cls.IsSubclassOf(ModuleClass.Type))
            ?? throw new CandidateContractException(RejectionReason.Contract, "ContractError", "no nn.Module class");
    }

    private static TensorObject? FirstTensor(object value) => value switch
    {
        TensorObject tensor => tensor,
        PyTuple or PyList => Py.ToList(value).Select(FirstTensor).FirstOrDefault(found => found is not null),
        PyDict dict => dict.Values.Select(FirstTensor).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static PyException? Translate(Exception thrown) => thrown switch
    {
        TorchException torch => Aten.Translate(torch),
        DivideByZeroException => PyErrors.ZeroDivisionError("integer division or modulo by zero"),
        _ => null,
    };

    private static CandidateRejection OfLimit(ExecutionLimit limit) => limit switch
    {
        ExecutionLimit.Memory => new(RejectionReason.Memory, "MemoryError", "the candidate allocated too much", 0),
        ExecutionLimit.Steps => new(RejectionReason.Time, "TimeoutError", "the candidate used up its steps", 0),
        _ => new(RejectionReason.Time, "TimeoutError", "the candidate ran out of time", 0),
    };

    private static CandidateRejection OfException(PyException exception)
    {
        var line = exception.Traceback.FirstOrDefault(entry => entry.File == File)?.Line ?? 0;
        return new CandidateRejection(Reason(exception), exception.ExceptionClass.Name, exception.Instance.Message, line);
    }

    private static RejectionReason Reason(PyException exception)
    {
        if (exception.Is(PyErrors.SyntaxErrorClass))
            return RejectionReason.Syntax;
        if (exception.Is(PyErrors.ImportErrorClass))
            return RejectionReason.Import;
        if (exception.Is(PyErrors.NameErrorClass))
            return RejectionReason.Name;
        if (exception.Is(PyErrors.AttributeErrorClass))
            return RejectionReason.Attribute;
        if (exception.Is(PyErrors.TypeErrorClass))
            return RejectionReason.Type;
        if (exception.Is(PyErrors.MemoryErrorClass))
            return RejectionReason.Memory;
        return Aten.IsOfOperator(exception.Instance) && (exception.Is(PyErrors.RuntimeErrorClass) || exception.Is(PyErrors.IndexErrorClass))
            ? RejectionReason.Shape
            : RejectionReason.Value;
    }
}
