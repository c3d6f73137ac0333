using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Execution;

/// <summary>The state of torch for the candidate that runs on the current thread; nothing of it outlives the candidate.</summary>
internal sealed class CandidateSession
{
    [ThreadStatic]
    private static CandidateSession? t_current;

    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly CancellationToken _cancellation;
    private double _images = 1;

    public CandidateSession(CandidateLimits limits, CancellationToken cancellation)
    {
        Limits = limits;
        _cancellation = cancellation;
    }

    public static CandidateSession Current =>
        t_current ?? throw new InvalidOperationException("no candidate runs on this thread");

    public CandidateLimits Limits { get; }

    public TensorRegistry Tensors { get; } = new();

    /// <summary>Values of the tensors on which backward() was called.</summary>
    public List<double> Losses { get; } = [];

    public Action<int, double>? Progress { get; set; }

    /// <summary>Multiply-accumulates since the counter was reset, while <see cref="CountMacs"/>.</summary>
    public double Macs { get; private set; }

    public bool CountMacs { get; private set; }

    /// <summary>Begins to count those of a forward pass of a batch.</summary>
    public void BeginMacs(long images)
    {
        (Macs, _images, CountMacs) = (0, Math.Max(1, images), true);
    }

    public void EndMacs() => CountMacs = false;

    /// <summary>Adds to <see cref="Macs"/>; ends the candidate when an image takes more than its budget.</summary>
    public void SpendMacs(double count)
    {
        Macs += count;
        if (Macs / _images > Limits.MaxMacs)
        {
            throw new CandidateLimitException(RejectionReason.Compute, "ComputeBudgetError",
                $"a forward pass of one image takes at least {Macs / _images:0} multiply-accumulates; the budget is {Limits.MaxMacs}");
        }
    }

    /// <summary>Records the forward pass that is under way, if it is to be recorded.</summary>
    public Tracing.GraphTracer? Trace { get; set; }

    public Dtype DefaultDtype { get; set; } = Dtype.Float32;

    /// <summary>Whether a custom autograd function took part in the graph since the last backward().</summary>
    public List<Autograd.FunctionNode> FunctionNodes { get; } = [];

    /// <summary>Keeps the candidate from noticing that its tensors are in channels_last; null when they are not.</summary>
    public ChannelsLast? ChannelsLast { get; set; }

    /// <summary>Gradient hooks that end with the candidate.</summary>
    public List<long> GradientHooks { get; } = [];

    /// <summary>Modes of the thread that end with the candidate, even where it forgot to leave them.</summary>
    public List<IDisposable> Modes { get; } = [];

    public int InferenceDepth { get; set; }

    public Interpreter? Interpreter { get; set; }

    /// <summary>collections.OrderedDict of this interpreter.</summary>
    public PyClass OrderedDict => (Interpreter?.FindModule("collections")?.Find("OrderedDict") as PyClass) ?? PyTypes.Dict;

    public static CandidateSession? Exchange(CandidateSession? session)
    {
        var previous = t_current;
        t_current = session;
        return previous;
    }

    /// <summary>Called before every operator: the deadline holds inside native loops too.</summary>
    public void Check()
    {
        if (_cancellation.IsCancellationRequested || _clock.Elapsed > Limits.Time)
            throw new CandidateLimitException(RejectionReason.Time, "TimeoutError", $"the candidate ran longer than {Limits.Time.TotalSeconds:0.#} seconds");
    }

    public TensorObject Wrap(Tensor tensor) => Tensors.Add(new TensorObject(tensor, TensorClass.Type));
}
