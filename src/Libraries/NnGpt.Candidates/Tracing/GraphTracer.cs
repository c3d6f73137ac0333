using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tracing;

/// <summary>
/// Records the operators of a forward pass as a graph. A tensor's value is known by its native identity: tensors seen are
/// kept alive until the end, so that no identity is used twice. What is written in place gives the tensor a new value, and
/// every other tensor of the same storage one too, once it is read again.
/// </summary>
internal sealed class GraphTracer : OperatorObserver
{
    private const int MaxNodes = 20_000;
    private const long MaxHeldBytes = 256L << 20;

    private readonly ModulePaths _modules;
    private readonly long _batch;
    private readonly List<TraceNode> _nodes = [];
    private readonly Dictionary<nint, TracedValue> _values = [];
    private readonly Dictionary<nint, WriteLog> _storages = [];
    private readonly List<Tensor> _held = [];
    private long _heldBytes;
    private int _operators;
    private bool _truncated;

    public GraphTracer(ModuleObject net, TensorObject input)
    {
        _modules = new ModulePaths(net);
        _batch = input.Shape is [var batch, ..] ? batch : 1;
        Bind(input.Tensor, Add(new TraceNode("input") { FollowsInput = true }, input.Tensor));
    }

    /// <summary>The module that executes operators from now on, until <see cref="Leave"/>.</summary>
    public void Enter(ModuleObject module) => _modules.Enter(module);

    public void Leave() => _modules.Leave();

    /// <summary>The graph up to the tensor that forward returned.</summary>
    public TracedGraph Finish(TensorObject output)
    {
        var last = _truncated ? null : Read(output.Tensor);
        var graph = _truncated || last is null
            ? new TracedGraph { Nodes = [], Batch = (int)_batch, Truncated = true, Operators = _operators }
            : LiveGraph.Of(last, _batch, _operators, _modules.Parameters());
        Truncate();
        return graph;
    }

    /// <inheritdoc />
    protected override void OnCall(Operator called, ReadOnlySpan<Argument> arguments, ReadOnlySpan<Tensor?> results)
    {
        _operators++;
        if (_truncated)
            return;
        try
        {
            Record(called, arguments, results);
        }
        catch (Exception exception) when (exception is TorchException or ObjectDisposedException)
        {
            // A tensor without sizes, strides or storage (a sparse one): what cannot be recorded must not fail the candidate.
            Truncate();
        }
    }

    private void Record(Operator called, ReadOnlySpan<Argument> arguments, ReadOnlySpan<Tensor?> results)
    {
        var schema = called.Schema;
        Tensor? written = null;
        for (var i = 0; i < arguments.Length && i < schema.Arguments.Count; i++)
        {
            if (schema.Arguments[i].IsWritten && arguments[i].AsTensor is { } target)
                written ??= target;
        }

        if (written is null && (results.Length == 0 || results.IndexOfAnyExcept((Tensor?)null) < 0))
            return;
        var first = written ?? results[results.IndexOfAnyExcept((Tensor?)null)]!;
        var isDropout = schema.BaseName.Contains("dropout", StringComparison.Ordinal);
        if (written is null && results.Length == 1 && IsArgument(first, arguments) && !isDropout)
            return;
        var node = new TraceNode(OperatorText.Name(schema)) { Path = _modules.Path, Class = _modules.Class };
        for (var i = 0; i < schema.Arguments.Count; i++)
            AddArgument(node, schema.Arguments[i], i < arguments.Length ? arguments[i] : Argument.Default);
        node.Macs = MacCounter.Of(schema.BaseName, arguments, first) / Math.Max(1, _batch);
        node.FollowsInput = node.Inputs.Exists(input => input.Node.FollowsInput);
        Add(node, first);
        if (written is not null)
            Write(written, node);
        else if (results.Length == 1)
            Bind(first, node);
        else
            BindMany(results, node);
    }

    private void BindMany(ReadOnlySpan<Tensor?> results, TraceNode node)
    {
        for (var i = 0; i < results.Length && !_truncated; i++)
        {
            if (results[i] is not { } result)
                continue;
            var item = new TraceNode("item") { Path = node.Path, Class = node.Class, FollowsInput = node.FollowsInput };
            item.Inputs.Add((node, "self"));
            item.Attributes["index"] = OperatorText.Of(i);
            Bind(result, Add(item, result));
        }
    }

    private static bool IsArgument(Tensor result, ReadOnlySpan<Argument> arguments)
    {
        foreach (ref readonly var argument in arguments)
        {
            if (argument.AsTensor is { } tensor && tensor.IsSame(result))
                return true;
        }

        return false;
    }

    private void AddArgument(TraceNode node, SchemaArgument formal, in Argument actual)
    {
        var value = actual.IsDefault ? formal.Default : actual.ToObject();
        switch (value)
        {
            case null:
                break;
            case Tensor tensor:
                node.Inputs.Add((Read(tensor), formal.Name));
                break;
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++)
                {
                    // Which dimensions are indexed matters; which place a tensor has in a list follows from the order.
                    if (tensors[i] is { } element)
                        node.Inputs.Add((Read(element), tensors.Contains(null) ? $"{formal.Name}.{i}" : formal.Name));
                }

                break;
            default:
                if (formal.Type.Kind is ArgumentKind.Scalar or ArgumentKind.Int or ArgumentKind.Float or ArgumentKind.Bool or ArgumentKind.String)
                    node.Attributes[formal.Name] = OperatorText.Of(value, formal.Type.ListSize);
                break;
        }
    }

    // The value of a tensor as it is now.
    private TraceNode Read(Tensor tensor)
    {
        var storage = tensor.StorageIdentity;
        if (!_values.TryGetValue(tensor.Identity, out var value) || value.Tensor.IsDisposed)
            return Bind(tensor, Leaf(tensor, storage));
        if (!_storages.TryGetValue(storage, out var log))
            return value.Node;
        for (; value.Seen < log.Writes.Count && !_truncated; value.Seen++)
        {
            var (before, after) = log.Writes[value.Seen];
            var node = new TraceNode("written") { Path = after.Path, Class = after.Class, FollowsInput = value.Node.FollowsInput || after.FollowsInput };
            node.Inputs.Add((value.Node, "self"));
            node.Inputs.Add((before, "place"));
            node.Inputs.Add((after, "value"));
            value.Node = Add(node, tensor);
        }

        return value.Node;
    }

    private TraceNode Leaf(Tensor tensor, nint storage)
    {
        if (_modules.Find(tensor) is { } known)
        {
            var leaf = new TraceNode(known.IsParameter ? "parameter" : "buffer");
            leaf.Attributes["name"] = known.Name;
            return Add(leaf, tensor);
        }

        // x.data, x.detach(): another object for a value that is known.
        if (storage != 0 && _storages.TryGetValue(storage, out var log) && log.Owner is { IsDisposed: false } owner && owner.NumElements == tensor.NumElements
            && owner.Strides.AsSpan().SequenceEqual(tensor.Strides))
        {
            var node = Read(owner);
            var alias = new TraceNode("alias") { Path = _modules.Path, Class = _modules.Class, FollowsInput = node.FollowsInput };
            alias.Inputs.Add((node, "self"));
            return Add(alias, tensor);
        }

        return Add(new TraceNode("constant"), tensor);
    }

    private TraceNode Bind(Tensor tensor, TraceNode node)
    {
        var storage = tensor.StorageIdentity;
        if (storage != 0 && !_storages.TryGetValue(storage, out var log))
            _storages[storage] = log = new WriteLog(tensor);
        else
            log = storage == 0 ? null : _storages[storage];
        _values[tensor.Identity] = new TracedValue { Tensor = tensor, Node = node, Seen = log?.Writes.Count ?? 0 };
        Hold(tensor, isNew: log is null || ReferenceEquals(log.Owner, tensor));
        return node;
    }

    private void Write(Tensor tensor, TraceNode node)
    {
        var before = _values[tensor.Identity];
        if (_storages.TryGetValue(tensor.StorageIdentity, out var log))
        {
            log.Writes.Add((before.Node, node));
            before.Seen = log.Writes.Count;
        }

        before.Node = node;
    }

    private TraceNode Add(TraceNode node, Tensor tensor)
    {
        node.Shape = tensor.Shape;
        node.Dtype = tensor.Dtype.PythonName();
        node.Leaf = node.Op is "parameter" ? tensor.Identity : 0;
        node.Numbers = tensor.NumElements;
        node.Order = _nodes.Count;
        _nodes.Add(node);
        if (_nodes.Count > MaxNodes)
            Truncate();
        return node;
    }

    private void Hold(Tensor tensor, bool isNew)
    {
        _held.Add(tensor);
        if (isNew)
            _heldBytes += tensor.NumElements * sizeof(float);
        if (_heldBytes > MaxHeldBytes)
            Truncate();
    }

    // Forgets everything, and records no more.
    private void Truncate()
    {
        _truncated = true;
        _held.Clear();
        _values.Clear();
        _storages.Clear();
        _nodes.Clear();
    }

    private sealed class TracedValue
    {
        public required Tensor Tensor { get; init; }

        public required TraceNode Node { get; set; }

        /// <summary>Writes to the storage that the node knows of.</summary>
        public int Seen { get; set; }
    }

    private sealed class WriteLog(Tensor owner)
    {
        public Tensor Owner => owner;

        /// <summary>What the written tensor was before, and is after.</summary>
        public List<(TraceNode Before, TraceNode After)> Writes { get; } = [];
    }
}
