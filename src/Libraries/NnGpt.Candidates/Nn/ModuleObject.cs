using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

/// <summary>An nn.Module: its parameters, buffers, children and hooks. Null tables mean that __init__ has not run.</summary>
internal sealed class ModuleObject : PyInstance
{
    public ModuleObject(PyClass cls) : base(cls)
    {
    }

    public PyDict? Parameters { get; set; }

    public PyDict? Buffers { get; set; }

    public PyDict? Modules { get; set; }

    public HashSet<string> NonPersistent { get; } = new(StringComparer.Ordinal);

    public bool Training { get; set; } = true;

    public PyDict? ForwardHooks { get; set; }

    public PyDict? ForwardPreHooks { get; set; }

    public PyDict? BackwardHooks { get; set; }

    /// <summary>Hooks of state_dict, and those before and after load_state_dict.</summary>
    public PyDict? StateHooks { get; set; }

    public PyDict? LoadPreHooks { get; set; }

    public PyDict? LoadPostHooks { get; set; }

    /// <summary>Attributes that are computed anew whenever they are read, by functions without arguments.</summary>
    public PyDict? Computed { get; set; }

    public bool Initialized => Parameters is not null;

    public void Initialize()
    {
        Training = true;
        Parameters = new PyDict();
        Buffers = new PyDict();
        Modules = new PyDict();
    }

    public TensorObject? Parameter(string name) => (Parameters?.GetOrNull(name) ?? GetAttribute(name) ?? Compute(name)) as TensorObject;

    public TensorObject? Buffer(string name) => (Buffers?.GetOrNull(name) ?? GetAttribute(name)) as TensorObject;

    public ModuleObject? Child(string name) => (Modules?.GetOrNull(name) ?? GetAttribute(name)) as ModuleObject;

    /// <summary>The value of a computed attribute, or null.</summary>
    public object? Compute(string name) => Computed?.GetOrNull(name) is { } function ? Py.Call(function) : null;

    /// <summary>A plain attribute set by __init__ or by the candidate since.</summary>
    public object Get(string name) => GetAttribute(name) ?? Py.GetAttr(this, name);

    public long Long(string name) => Py.ToLong(Get(name));

    public double Double(string name) => Py.ToDouble(Get(name));

    public bool Bool(string name) => Py.Truth(Get(name));

    public string Text(string name) => Py.Str(Get(name));
}
