using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Compilation;

/// <summary>Reading, binding and deleting names.</summary>
internal sealed partial class Compiler
{
    private ExpressionCode Load(string name)
    {
        var hash = PyHash.OfString(name);
        switch (_scope.KindOf(name))
        {
            case VariableKind.Local:
                var slot = _scope.SlotOf(name);
                return frame => frame.Locals[slot] ?? throw Unbound(name);
            case VariableKind.Cell:
                var cell = _scope.SlotOf(name);
                return frame => ((Cell)frame.Locals[cell]!).Value ?? throw Unbound(name);
            case VariableKind.Free:
                var index = _scope.FreeIndex(name);
                if (_scope.Kind == ScopeKind.Class)
                    return frame => frame.Namespace!.GetOrNull(name, hash) ?? frame.Closure[index].Value ?? throw UnboundFree(name);
                return frame => frame.Closure[index].Value ?? throw UnboundFree(name);
            case VariableKind.Class:
                return frame => frame.Namespace!.GetOrNull(name, hash) ?? LoadGlobal(frame, name, hash);
            default:
                if (_scope.Kind == ScopeKind.Class && !_scope.Globals.Contains(name))
                    return frame => frame.Namespace!.GetOrNull(name, hash) ?? LoadGlobal(frame, name, hash);
                return frame => frame.Globals.GetOrNull(name, hash) ?? LoadBuiltin(name, hash);
        }
    }

    private static object LoadGlobal(Frame frame, string name, long hash) =>
        frame.Globals.GetOrNull(name, hash) ?? LoadBuiltin(name, hash);

    private static object LoadBuiltin(string name, long hash) =>
        BuiltinFunctions.Table.GetOrNull(name, hash) ?? throw PyErrors.NameError($"name '{name}' is not defined");

    private static PyException Unbound(string name) => PyErrors.New(
        PyErrors.UnboundLocalErrorClass, $"cannot access local variable '{name}' where it is not associated with a value");

    private static PyException UnboundFree(string name) =>
        PyErrors.NameError($"cannot access free variable '{name}' where it is not associated with a value in enclosing scope");

    private Action<Frame, object> Store(string name)
    {
        switch (_scope.KindOf(name))
        {
            case VariableKind.Local:
                var slot = _scope.SlotOf(name);
                return (frame, value) => frame.Locals[slot] = value;
            case VariableKind.Cell:
                var cell = _scope.SlotOf(name);
                return (frame, value) => ((Cell)frame.Locals[cell]!).Value = value;
            case VariableKind.Free:
                var index = _scope.FreeIndex(name);
                return (frame, value) => frame.Closure[index].Value = value;
            case VariableKind.Class:
                var classHash = PyHash.OfString(name);
                return (frame, value) => frame.Namespace!.Set(name, classHash, value);
            default:
                var hash = PyHash.OfString(name);
                return (frame, value) => frame.Globals.Set(name, hash, value);
        }
    }

    private Action<Frame> Delete(string name)
    {
        var load = Load(name);
        switch (_scope.KindOf(name))
        {
            case VariableKind.Local:
                var slot = _scope.SlotOf(name);
                return frame =>
                {
                    load(frame);
                    frame.Locals[slot] = null;
                };
            case VariableKind.Cell:
                var cell = _scope.SlotOf(name);
                return frame =>
                {
                    load(frame);
                    ((Cell)frame.Locals[cell]!).Value = null;
                };
            case VariableKind.Free:
                var index = _scope.FreeIndex(name);
                return frame =>
                {
                    load(frame);
                    frame.Closure[index].Value = null;
                };
            case VariableKind.Class:
                return frame =>
                {
                    if (!frame.Namespace!.Remove(name))
                        throw PyErrors.NameError($"name '{name}' is not defined");
                };
            default:
                return frame =>
                {
                    if (!frame.Globals.Remove(name))
                        throw PyErrors.NameError($"name '{name}' is not defined");
                };
        }
    }

    /// <summary>The cells that an inner function captures when it is made.</summary>
    private Func<Frame, Cell[]> Capture(Scope inner)
    {
        if (inner.FreeNames.Count == 0)
            return _ => [];
        var sources = inner.FreeNames
            .Select(name => _scope.IsCell(name) && (_scope.Kind == ScopeKind.Function ? _scope.KindOf(name) == VariableKind.Cell : name == "__class__")
                ? (IsOwn: true, Index: _scope.SlotOf(name))
                : (IsOwn: false, Index: _scope.FreeIndex(name)))
            .ToArray();
        return frame =>
        {
            var cells = new Cell[sources.Length];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = sources[i].IsOwn ? (Cell)frame.Locals[sources[i].Index]! : frame.Closure[sources[i].Index];
            return cells;
        };
    }
}
