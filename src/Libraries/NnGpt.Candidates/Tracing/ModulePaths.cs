using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tracing;

/// <summary>Where in the tree of modules operators are executed, and which tensors are parameters and buffers.</summary>
internal sealed class ModulePaths
{
    private const int MaxLength = 128;

    private readonly ModuleObject _net;
    private readonly Dictionary<ModuleObject, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<nint, KnownTensor> _tensors = [];
    private readonly Stack<(string Path, string Class)> _stack = new();

    public ModulePaths(ModuleObject net)
    {
        _net = net;
        Collect();
    }

    public string Path => _stack.TryPeek(out var top) ? top.Path : "";

    public string Class => _stack.TryPeek(out var top) ? top.Class : _net.Class.Name;

    public void Enter(ModuleObject module) =>
        _stack.Push((_names.TryGetValue(module, out var path) ? path : Path, Bounded(module.Class.Name)));

    public void Leave() => _stack.Pop();

    /// <summary>The parameter or buffer that a tensor is; null when it is neither.</summary>
    public KnownTensor? Find(Tensor tensor)
    {
        if (_tensors.TryGetValue(tensor.Identity, out var known))
            return known;
        // Lazy modules make their parameters when they are called.
        Collect();
        return _tensors.GetValueOrDefault(tensor.Identity);
    }

    /// <summary>All parameters with their number of elements.</summary>
    public IReadOnlyDictionary<nint, long> Parameters()
    {
        Collect();
        return _tensors.Where(entry => entry.Value.IsParameter).ToDictionary(entry => entry.Key, entry => entry.Value.Numbers);
    }

    private void Collect()
    {
        try
        {
            foreach (var (name, module) in ModuleClass.NamedModules(_net))
            {
                _names.TryAdd(module, Bounded(name));
                Collect(name, module.Parameters, isParameter: true);
                Collect(name, module.Buffers, isParameter: false);
            }
        }
        catch (PyException)
        {
            // A child without __init__: what comes after it has no name. Whether that is an error is for the candidate's run to say.
        }
    }

    private void Collect(string path, PyDict? tensors, bool isParameter)
    {
        if (tensors is null)
            return;
        foreach (var (key, value) in tensors.Entries)
        {
            if (value is TensorObject tensor && !tensor.Tensor.IsDisposed && !_tensors.ContainsKey(tensor.Tensor.Identity))
                _tensors[tensor.Tensor.Identity] = new KnownTensor(Bounded(path.Length == 0 ? (string)key : $"{path}.{key}"), isParameter, tensor.Tensor.NumElements);
        }
    }

    private static string Bounded(string name) => name.Length <= MaxLength ? name : name[..MaxLength];

    internal sealed record KnownTensor(string Name, bool IsParameter, long Numbers);
}
