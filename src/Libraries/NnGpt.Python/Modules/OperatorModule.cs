using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>operator</c>.</summary>
internal static class OperatorModule
{
    public static PyModule Create()
    {
        var module = new PyModule("operator");
        void Binary(string name, BinaryOperator op)
        {
            foreach (var spelling in (string[])[name, $"__{name.TrimEnd('_')}__"])
                module.Function(spelling, "a, b, /", a => Py.Binary(op, a[0], a[1]));
            module.Function("i" + name.TrimEnd('_'), "a, b, /", a => Py.InPlace(op, a[0], a[1]));
        }

        Binary("add", BinaryOperator.Add);
        Binary("sub", BinaryOperator.Subtract);
        Binary("mul", BinaryOperator.Multiply);
        Binary("matmul", BinaryOperator.MatrixMultiply);
        Binary("truediv", BinaryOperator.Divide);
        Binary("floordiv", BinaryOperator.FloorDivide);
        Binary("mod", BinaryOperator.Modulo);
        Binary("pow", BinaryOperator.Power);
        Binary("lshift", BinaryOperator.LeftShift);
        Binary("rshift", BinaryOperator.RightShift);
        Binary("and_", BinaryOperator.And);
        Binary("or_", BinaryOperator.Or);
        Binary("xor", BinaryOperator.Xor);
        foreach (var (name, op) in (IEnumerable<(string, CompareOperator)>)[
                     ("eq", CompareOperator.Equal), ("ne", CompareOperator.NotEqual), ("lt", CompareOperator.Less),
                     ("le", CompareOperator.LessOrEqual), ("gt", CompareOperator.Greater), ("ge", CompareOperator.GreaterOrEqual)])
        {
            module.Function(name, "a, b, /", a => Py.Compare(op, a[0], a[1]));
        }

        module.Function("neg", "a, /", a => Py.Negate(a[0]));
        module.Function("pos", "a, /", a => Py.Plus(a[0]));
        module.Function("invert", "a, /", a => Py.Invert(a[0]));
        module.Function("inv", "a, /", a => Py.Invert(a[0]));
        module.Function("not_", "a, /", a => !Py.Truth(a[0]));
        module.Function("truth", "a, /", a => Py.Truth(a[0]));
        module.Function("abs", "a, /", a => Py.Call(Builtins.BuiltinFunctions.Table.GetOrNull("abs")!, a[0]));
        module.Function("is_", "a, b, /", a => Py.Is(a[0], a[1]));
        module.Function("is_not", "a, b, /", a => !Py.Is(a[0], a[1]));
        module.Function("index", "a, /", a => Py.Int(Py.ToLong(a[0])));
        module.Function("contains", "a, b, /", a => Py.Contains(a[0], a[1]));
        module.Function("concat", "a, b, /", a => Py.Binary(BinaryOperator.Add, a[0], a[1]));
        module.Function("getitem", "a, b, /", a => Py.GetItem(a[0], a[1]));
        module.Function("setitem", "a, b, c, /", a =>
        {
            Py.SetItem(a[0], a[1], a[2]);
            return null;
        });
        module.Function("itemgetter", "*items", a => Getter("itemgetter", a.Tuple(0), Py.GetItem));
        module.Function("attrgetter", "*attrs", a => Getter("attrgetter", a.Tuple(0), (value, path) =>
            Py.Str(path).Split('.').Aggregate(value, Py.GetAttr)));
        module.Function("methodcaller", "name, /, *args, **kwargs", a =>
        {
            var (name, arguments, keywords) = (a.Text(0), a.Tuple(1), a.Dict(2));
            return new NativeFunction("methodcaller", "obj, /", b => Py.CallWith(Py.GetAttr(b[0], name), arguments.Items, keywords)) { Binds = false };
        });
        return module;
    }

    private static NativeFunction Getter(string name, PyTuple keys, Func<object, object, object> get) =>
        new(name, "obj, /", a => keys.Count == 1
            ? get(a[0], keys[0])
            : PyTuple.From(keys.Items.Select(k => get(a[0], k))))
        { Binds = false };
}
