namespace NnGpt.Python.Compilation;

internal enum ScopeKind
{
    Module,
    Class,
    Function,
}

/// <summary>Where a name lives, seen from one scope.</summary>
internal enum VariableKind
{
    /// <summary>A slot of the frame.</summary>
    Local,

    /// <summary>A cell in a slot of the frame: an inner function captures it.</summary>
    Cell,

    /// <summary>A cell of an enclosing function.</summary>
    Free,

    /// <summary>The namespace of the class body, then what lies outside.</summary>
    Class,

    /// <summary>The module's namespace, then the built-in names.</summary>
    Global,
}

/// <summary>The names of a module, class body, function, lambda or comprehension.</summary>
internal sealed class Scope(ScopeKind kind, Scope? parent, string name)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _free = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cells = new(StringComparer.Ordinal);

    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    public string Name { get; } = name;

    public bool IsComprehension { get; init; }

    public bool IsGenerator { get; set; }

    /// <summary>Whether the function is an <c>async def</c>.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Whether the scope holds type parameters: qualified names do not mention it.</summary>
    public bool IsTypeScope { get; init; }

    public HashSet<string> Bound { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Globals { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Nonlocals { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    public List<string> Parameters { get; } = [];

    /// <summary>Names of enclosing functions' variables, in the order of the closure.</summary>
    public List<string> FreeNames { get; } = [];

    public int SlotCount { get; private set; }

    public string QualifiedName => Parent is null or { Kind: ScopeKind.Module }
        ? Name
        : Parent.IsTypeScope
        ? new Scope(Kind, Parent.Parent, Name).QualifiedName
        : Parent.Kind == ScopeKind.Class ? $"{Parent.QualifiedName}.{Name}" : $"{Parent.QualifiedName}.<locals>.{Name}";

    public int NewSlot() => SlotCount++;

    public int SlotOf(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots[name] = slot = NewSlot();
        return slot;
    }

    public int FreeIndex(string name) => _free[name];

    public bool IsCell(string name) => _cells.Contains(name);

    /// <summary>Slots of captured variables that are no parameters.</summary>
    public int[] CellSlots => [.. _cells.Where(n => !Parameters.Contains(n)).Select(SlotOf)];

    public int[] CellParameterSlots => [.. _cells.Where(Parameters.Contains).Select(SlotOf)];

    public VariableKind KindOf(string name)
    {
        if (Kind == ScopeKind.Module || Globals.Contains(name))
            return VariableKind.Global;
        if (Bound.Contains(name) && !Nonlocals.Contains(name))
            return Kind == ScopeKind.Class ? VariableKind.Class : _cells.Contains(name) ? VariableKind.Cell : VariableKind.Local;
        return _free.ContainsKey(name) ? VariableKind.Free : VariableKind.Global;
    }

    /// <summary>Finds the owner of a name that is not bound here and marks the way to it; false when no function owns it.</summary>
    public bool Resolve(string name)
    {
        if (Kind == ScopeKind.Module || Globals.Contains(name) || (Bound.Contains(name) && !Nonlocals.Contains(name)))
            return true;
        var owner = Parent;
        for (; owner is not null; owner = owner.Parent)
        {
            if (owner.Kind == ScopeKind.Module || (owner.Kind == ScopeKind.Function && owner.Globals.Contains(name)))
                return false;
            if (owner.Kind == ScopeKind.Class ? name == "__class__" : owner.Bound.Contains(name) && !owner.Nonlocals.Contains(name))
                break;
        }

        if (owner is null)
            return false;
        owner._cells.Add(name);
        owner.SlotOf(name);
        for (var scope = this; scope != owner; scope = scope.Parent!)
        {
            if (scope._free.TryAdd(name, scope.FreeNames.Count))
                scope.FreeNames.Add(name);
        }

        return true;
    }
}
