using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

internal static partial class TensorClass
{
    private static void DefineOperators()
    {
        foreach (var (name, op, overload) in ((string, string, string)[])
        [
            ("add", "add", "Tensor"), ("sub", "sub", "Tensor"), ("mul", "mul", "Tensor"), ("truediv", "div", "Tensor"),
            ("floordiv", "floor_divide", ""), ("mod", "remainder", "Tensor"), ("pow", "pow", "Tensor_Tensor"), ("matmul", "matmul", ""),
            ("and", "bitwise_and", "Tensor"), ("or", "bitwise_or", "Tensor"), ("xor", "bitwise_xor", "Tensor"),
            ("lshift", "bitwise_left_shift", "Tensor"), ("rshift", "bitwise_right_shift", "Tensor"),
        ])
        {
            Type.Method($"__{name}__", (self, other) => Operate(op, overload, self, other));
            Type.Method($"__r{name}__", (self, other) => Reflect(op, self, other));
            if (name is not "matmul")
                Type.Method($"__i{name}__", (self, other) => IsOperand(other) ? PythonCall.Invoke(op + "_", CallStyle.Method, [self, other], null) : Py.NotImplemented);
        }

        foreach (var (name, op) in (string[][])[["eq"], ["ne"], ["lt"], ["le"], ["gt"], ["ge"]] is var names ? names.Select(n => (n[0], n[0])) : [])
        {
            Type.Method($"__{name}__", (self, other) =>
                IsOperand(other) ? PythonCall.Invoke(op, CallStyle.Method, [self, other], null)
                : name == "eq" ? Py.False : name == "ne" ? Py.True : Py.NotImplemented);
        }

        Type.Method("__neg__", self => Aten.Call("neg", (TensorObject)self));
        Type.Method("__pos__", self => self);
        Type.Method("__abs__", self => Aten.Call("abs", (TensorObject)self));
        Type.Method("__invert__", self => ((TensorObject)self).Tensor.Dtype.IsFloatingPoint()
            ? throw PyErrors.TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
            : Aten.Call("bitwise_not", (TensorObject)self));
        Type.Method("__bool__", self => Py.Bool(Truth((TensorObject)self)));
        Type.Method("__float__", self => Convert.ToDouble(TensorData.Item((TensorObject)self), null));
        Type.Method("__int__", self => TensorData.Item((TensorObject)self) is double d ? Py.Int(new System.Numerics.BigInteger(Math.Truncate(d))) : Py.Int(Convert.ToInt64(TensorData.Item((TensorObject)self), null)));
        Type.Method("__index__", self => ((TensorObject)self).Tensor.Dtype.IsFloatingPoint()
            ? throw PyErrors.TypeError("only integer tensors of a single element can be converted to an index")
            : Py.Int(Convert.ToInt64(TensorData.Item((TensorObject)self), null)));
        Type.Method("__len__", self => ((TensorObject)self).Dim == 0
            ? throw PyErrors.TypeError("len() of a 0-d tensor")
            : Py.Int(((TensorObject)self).Shape[0]));
        Type.Method("__iter__", self => Iterate((TensorObject)self));
        Type.Method("__contains__", (self, item) => Py.Bool(Truth(Aten.Call("any", (TensorObject)Py.Call(Type.Lookup("__eq__")!, self, item)))));
        Type.Method("__hash__", self => Py.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(self)));
        Type.Method("__repr__", self => TensorText.Repr((TensorObject)self));
        Type.Method("__str__", self => TensorText.Repr((TensorObject)self));
        Type.Method("__format__", "self, spec", a => ((TensorObject)a[0]).Dim == 0
            ? Py.Format(TensorData.Item((TensorObject)a[0]), a.Text(1))
            : a.Text(1).Length == 0 ? TensorText.Repr((TensorObject)a[0])
            : throw PyErrors.TypeError("unsupported format string passed to Tensor.__format__"));
        Type.Method("__getitem__", (self, key) => Indexing.Get((TensorObject)self, key));
        Type.Method("__setitem__", "self, key, value", a => Indexing.Set((TensorObject)a[0], a[1], a[2]));
        Type.Method("__deepcopy__", "self, memo", a => CopyParameter((TensorObject)a[0], a.Dict(1)));
    }

    private static bool IsOperand(object other) => other is TensorObject or long or double or bool or PyComplex || Py.Unbox(other) is long or double;

    private static object Operate(string op, string overload, object self, object other)
    {
        var left = (TensorObject)self;
        if (other is PyComplex number)
            other = TensorData.FromPython(number, Dtype.Complex64);
        switch (other)
        {
            case TensorObject right when op == "matmul":
                return Aten.Call("matmul", left, right);
            case TensorObject right:
                return Aten.Call(overload.Length == 0 ? op : $"{op}.{overload}", left, right);
            default:
                if (op == "matmul" || !IsOperand(other))
                    return Py.NotImplemented;
                return PythonCall.Invoke(op, CallStyle.Method, [self, other], null);
        }
    }

    private static object Reflect(string op, object self, object other)
    {
        var tensor = (TensorObject)self;
        if (other is PyComplex number)
            return Operate(op == "pow" ? op : op, op == "pow" ? "Tensor_Tensor" : "Tensor", TensorData.FromPython(number, Dtype.Complex64), self);
        if (!IsOperand(other) || op == "matmul")
            return Py.NotImplemented;
        return op switch
        {
            "add" or "mul" or "bitwise_and" or "bitwise_or" or "bitwise_xor" => PythonCall.Invoke(op, CallStyle.Method, [self, other], null),
            "sub" => PythonCall.Invoke("rsub", CallStyle.Function, [self, other], null),
            "div" => PythonCall.Invoke("mul", CallStyle.Method, [Aten.Call("reciprocal", tensor), other], null),
            "pow" => PythonCall.Invoke("pow", CallStyle.Function, [other, self], null),
            _ => PythonCall.Invoke(op, CallStyle.Function,
                [PythonCall.Invoke("scalar_tensor", CallStyle.Function, [other], null), self], null),
        };
    }

    private static bool Truth(TensorObject self)
    {
        if (self.Tensor.NumElements > 1)
            throw PyErrors.RuntimeError("Boolean value of Tensor with more than one value is ambiguous");
        if (self.Tensor.NumElements == 0)
            return false;
        return TensorData.Item(self) switch
        {
            bool flag => flag,
            long number => number != 0,
            double number => number != 0,
            _ => true,
        };
    }

    private static object Iterate(TensorObject self)
    {
        if (self.Dim == 0)
            throw PyErrors.TypeError("iteration over a 0-d tensor");
        return Py.GetIter(new PyTuple([.. Aten.CallMany("unbind.int", self, 0L)]));
    }
}
