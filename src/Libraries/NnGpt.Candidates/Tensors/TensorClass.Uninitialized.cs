using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

internal static partial class TensorClass
{
    // What may be asked of a tensor without a size.
    private static readonly string[] s_sizeless =
    [
        "__new__", "__init__", "__hash__", "__deepcopy__", "__eq__", "__ne__", "size", "copy_", "is_floating_point", "to", "cpu", "cuda", "get_device",
        "half", "float", "double", "char", "short", "int", "long",
    ];

    private static void DefineUninitialized()
    {
        foreach (var cls in (PyClass[])[UninitializedParameter, UninitializedBuffer])
        {
            // Each method but those above refuses.
            foreach (var (name, method) in Type.Attributes!.Entries)
            {
                if (method is NativeFunction && !s_sizeless.Contains((string)name))
                    cls.Method((string)name, "self, *args, **kwargs", _ => throw Uninitialized($"<method '{name}' of 'torch._C._TensorBase' objects>"));
            }

            cls.New("cls, requires_grad=True, device=None, dtype=None", a =>
            {
                var empty = Aten.Call("empty.memory_format", new long[] { 0 }, a[3] is DTypeObject wanted ? wanted.Value : CandidateSession.Current.DefaultDtype);
                empty.Tensor.RequiresGrad = a.Bool(1) && ReferenceEquals(cls, UninitializedParameter);
                return CandidateSession.Current.Tensors.Adopt(empty, cls);
            });
            cls.Property("shape", _ => throw PyErrors.RuntimeError(
                "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before accessing their attributes."));
            cls.Method("__repr__", self => $"<{Py.TypeName(self)}>");
            cls.Method("materialize", "self, shape, device=None, dtype=None", a =>
            {
                var self = (TensorObject)a[0];
                var needsGradient = self.Tensor.RequiresGrad;
                var made = Nn.LayerTable.Empty(a[3] is DTypeObject ? a[3] : DTypeObject.Of(self.Tensor.Dtype), [.. Py.ToList(a[1])], isParameter: true);
                made.Tensor.RequiresGrad = needsGradient;
                self.Materialize(CandidateSession.Current.Tensors.Adopt(made, Type).Tensor);
                return null;
            });
        }
    }

    /// <summary>What a function says that is given a tensor without a size.</summary>
    public static PyException Uninitialized(string function) => PyErrors.ValueError(
        $"Attempted to use an uninitialized parameter in {function}. This error happens when you are using a `LazyModule` or explicitly manipulating `torch.nn.parameter.UninitializedParameter` objects. When using LazyModules Call `forward` with a dummy batch to initialize the parameters before calling torch functions");
}
