using System.Numerics;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>Python values to those that operators take, and back.</summary>
internal static class Marshal
{
    /// <summary>The .NET value that <see cref="Operators.Call"/> understands.</summary>
    public static object? ToNative(object value)
    {
        switch (value)
        {
            case TensorObject tensor:
                return tensor.IsLazy ? throw TensorClass.Uninitialized("<function>") : tensor.Tensor;
            case PyNone:
                return null;
            case long or double or bool or string:
                return value;
            case PyTuple tuple:
                return Array.ConvertAll(tuple.Items, ToNative);
            case PyList list:
                return list.Items.ConvertAll(ToNative);
            case DTypeObject dtype:
                return dtype.Value;
            case DeviceObject device:
                return device.Value;
            case MemoryFormatObject format:
                return format.Value;
            case LayoutObject:
                return Layout.Strided;
            case GeneratorObject generator:
                return generator.Value;
            case BigInteger:
                throw PyErrors.RuntimeError("Overflow when unpacking long");
            case PyClass cls when ReferenceEquals(cls, PyTypes.Float):
                return Dtype.Float64;
            case PyClass cls when ReferenceEquals(cls, PyTypes.Int):
                return Dtype.Int64;
            case PyClass cls when ReferenceEquals(cls, PyTypes.Bool):
                return Dtype.Bool;
        }

        var plain = Py.Unbox(value);
        return ReferenceEquals(plain, value) ? new ForeignValue(Py.TypeName(value)) : ToNative(plain);
    }

    /// <summary>A result as a Python value; tensors that came in as arguments come back as the same objects.</summary>
    public static object ToPython(object? result, ReadOnlySpan<object> arguments)
    {
        switch (result)
        {
            case null:
                return Py.None;
            case Tensor tensor:
                foreach (var argument in arguments)
                {
                    if (argument is TensorObject known && ReferenceEquals(known.Tensor, tensor))
                        return known;
                }

                return CandidateSession.Current.Wrap(tensor);
            case long number:
                return Py.Int(number);
            case double or string:
                return result;
            case bool flag:
                return Py.Bool(flag);
            case Tensor[] tensors:
                var session = CandidateSession.Current;
                return new PyTuple(Array.ConvertAll(tensors, t => (object)session.Wrap(t)));
            case long[] numbers:
                return PyTuple.OfInts(numbers);
            case object?[] values:
                var items = new object[values.Length];
                for (var i = 0; i < items.Length; i++)
                    items[i] = ToPython(values[i], arguments);
                return new PyTuple(items);
            default:
                throw new InvalidOperationException($"an operator returned a {result.GetType()}");
        }
    }
}
