using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineSparse()
    {
        var embedding = Layer("Embedding", "sparse",
            "num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, device=None, dtype=None", (m, a) =>
            {
                if (!a.IsNone(3))
                {
                    var index = a.Long(3);
                    var count = a.Long(1);
                    if (index >= count || index < -count)
                        throw PyErrors.AssertionError("Padding_idx must be within num_embeddings");
                    m.SetAttribute("padding_idx", Py.Int(index < 0 ? index + count : index));
                }

                if (a[8] is TensorObject given)
                {
                    m.Parameters!.Set("weight", given.IsParameter ? given : (TensorObject)Py.Call(TensorClass.Parameter, given));
                    return;
                }

                NewParameter("weight", m, a[10], a[1], a[2]);
                Py.CallMethod(m, "reset_parameters");
            }, "input", (m, a) =>
            {
                if (m.Get("max_norm") is not PyNone)
                {
                    // The rows that are looked up are scaled first, as PyTorch does, outside of the graph.
                    using var guard = NoGrad.Enter();
                    Aten.InPlace("embedding_renorm_", m.Parameter("weight")!, Input(a[1], "embedding"), m.Double("max_norm"), m.Double("norm_type"));
                }

                return Aten.Call("embedding", m.Parameter("weight"), a[1] as TensorObject
                    ?? throw PyErrors.TypeError($"embedding(): argument 'indices' (position 2) must be Tensor, not {Py.TypeName(a[1])}"),
                    m.Get("padding_idx") is PyNone ? -1L : m.Long("padding_idx"), m.Bool("scale_grad_by_freq"), m.Bool("sparse"));
            }, m => $"{Show(m, "num_embeddings")}, {Show(m, "embedding_dim")}" + (m.Get("padding_idx") is PyNone ? "" : $", padding_idx={Show(m, "padding_idx")}")
                + (m.Get("max_norm") is PyNone ? "" : $", max_norm={Show(m, "max_norm")}") + (m.Double("norm_type") == 2 ? "" : $", norm_type={Show(m, "norm_type")}")
                + (m.Bool("scale_grad_by_freq") ? ", scale_grad_by_freq=True" : "") + (m.Bool("sparse") ? ", sparse=True" : ""));
        embedding.Method("reset_parameters", "self", a =>
        {
            var m = (ModuleObject)a[0];
            Initialization.Normal(m.Parameter("weight")!, 0, 1);
            if (m.Get("padding_idx") is not PyNone)
            {
                using var guard = NoGrad.Enter();
                Indexing.Set(m.Parameter("weight")!, m.Get("padding_idx"), Py.Int(0));
            }

            return null;
        });
        embedding.ClassMethod("from_pretrained", "cls, embeddings, freeze=True, padding_idx=None", a =>
        {
            var weight = a.Tensor(1);
            if (weight.Dim != 2)
                throw PyErrors.AssertionError("Embeddings parameter is expected to be 2-dimensional");
            var made = (ModuleObject)Py.Call(a[0], [Py.Int(weight.Shape[0]), Py.Int(weight.Shape[1]), a[3]], (Keyword[])[new Keyword("_weight", weight)]);
            made.Parameter("weight")!.Tensor.RequiresGrad = !a.Bool(2);
            return made;
        });
        var bag = Layer("EmbeddingBag", "sparse",
            "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None", (m, a) =>
            {
                if (a[8] is TensorObject given)
                {
                    m.Parameters!.Set("weight", given.IsParameter ? given : (TensorObject)Py.Call(TensorClass.Parameter, given));
                    return;
                }

                NewParameter("weight", m, a[12], a[1], a[2]);
                Initialization.Normal(m.Parameter("weight")!, 0, 1);
                if (a.IsNone(10))
                    return;
                using var guard = NoGrad.Enter();
                Indexing.Set(m.Parameter("weight")!, a[10], Py.Int(0));
            }, "input, offsets=None, per_sample_weights=None", (m, a) =>
            {
                var input = Input(a[1], "embedding_bag");
                var offsets = a[2] as TensorObject;
                if (input.Dim == 2)
                {
                    if (a[2] is not PyNone)
                        throw PyErrors.ValueError($"if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. However, found offsets of type {Py.Str(Py.TypeOf(a[2]))}");
                    offsets = Aten.Call("arange.start_step", 0L, input.Tensor.NumElements, input.Shape[1]);
                    input = Aten.Call("reshape", input, new long[] { -1 });
                }
                else if (offsets is null)
                {
                    throw PyErrors.ValueError("offsets has to be a 1D Tensor but got None");
                }

                var mode = m.Text("mode") switch { "sum" => 0L, "mean" => 1L, "max" => 2L, var other => throw PyErrors.ValueError($"mode has to be one of sum, mean or max, got {other}") };
                return Aten.CallMany("embedding_bag.padding_idx", m.Parameter("weight"), input, offsets, m.Bool("scale_grad_by_freq"), mode, m.Bool("sparse"), a[3] as TensorObject,
                    m.Bool("include_last_offset"), m.Get("padding_idx") is PyNone ? Argument.None : m.Long("padding_idx"))[0];
            }, m => $"{Show(m, "num_embeddings")}, {Show(m, "embedding_dim")}" + (m.Get("max_norm") is PyNone ? "" : $", max_norm={Show(m, "max_norm")}")
                + $", mode={m.Text("mode")}" + (m.Get("padding_idx") is PyNone ? "" : $", padding_idx={Show(m, "padding_idx")}"));
        bag.ClassMethod("from_pretrained", "cls, embeddings, freeze=True, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, include_last_offset=False, padding_idx=None", a =>
        {
            var weight = a.Tensor(1);
            if (weight.Dim != 2)
                throw PyErrors.AssertionError("Embeddings parameter is expected to be 2-dimensional");
            var made = (ModuleObject)Py.Call(a[0], [Py.Int(weight.Shape[0]), Py.Int(weight.Shape[1]), a[3], a[4], a[5], a[6], a[7], weight, a[8], a[9]], (Keyword[]?)null);
            made.Parameter("weight")!.Tensor.RequiresGrad = !a.Bool(2);
            return made;
        });
    }
}
