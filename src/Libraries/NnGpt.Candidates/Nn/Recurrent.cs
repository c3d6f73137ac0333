using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>RNN, LSTM, GRU and their cells.</summary>
internal static class Recurrent
{
    public static void Define()
    {
        var parent = LayerTable.Layer("RNNBase", "rnn",
            "mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None",
            (m, a) => Init(m, a.Text(1), a.Bool(5), a[11]), "input, hx=None", null, Text);
        parent.Method("reset_parameters", "self", a =>
        {
            Reset((ModuleObject)a[0]);
            return null;
        });
        parent.Method("flatten_parameters", "self", _ => null);
        parent.Property("all_weights", self => new PyList(((ModuleObject)self).Parameters!.Entries
            .GroupBy(entry => ((string)entry.Key)[((string)entry.Key).LastIndexOf("_l", StringComparison.Ordinal)..])
            .Select(layer => (object)new PyList(layer.Select(entry => entry.Value).ToList()))));
        parent.Property("_flat_weights_names", self => new PyList(WeightNames((ModuleObject)self)));
        parent.Property("_flat_weights", self => new PyList(WeightNames((ModuleObject)self).Select(name => Weight((ModuleObject)self, name))));
        foreach (var (name, mode) in ((string, string)[])[("LSTM", "LSTM"), ("GRU", "GRU"), ("RNN", "RNN")])
        {
            var cls = LayerTable.Layer(name, "rnn", "", null, "input, hx=None", (m, a) => Forward(m, a[1], a[2]), Text, parent);
            cls.Method("__init__", "self, *args, **kwargs", a =>
            {
                var keywords = a.Dict(2).Copy();
                var actual = mode;
                if (mode == "RNN")
                {
                    var kind = keywords.Remove("nonlinearity", out var given) ? Py.Str(given) : "tanh";
                    actual = kind switch
                    {
                        "tanh" => "RNN_TANH",
                        "relu" => "RNN_RELU",
                        _ => throw PyErrors.ValueError($"Unknown nonlinearity '{kind}'"),
                    };
                    ((PyObject)a[0]).SetAttribute("nonlinearity", kind);
                }

                if (mode != "LSTM" && keywords.GetOrNull("proj_size") is not null)
                    throw PyErrors.ValueError("proj_size argument is only supported for LSTM, not RNN or GRU");
                return Py.CallWith(parent.Lookup("__init__")!, (object[])[a[0], actual, .. a.Tuple(1).Items], keywords);
            });
        }

        var cells = LayerTable.Layer("RNNCellBase", "rnn", "", null, "input", null);
        foreach (var (name, chunks, op) in ((string, int, string)[])[("RNNCell", 1, "rnn"), ("LSTMCell", 4, "lstm_cell"), ("GRUCell", 3, "gru_cell")])
        {
            var signature = name == "RNNCell"
                ? "input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None"
                : "input_size, hidden_size, bias=True, device=None, dtype=None";
            var cls = LayerTable.Layer(name, "rnn", signature, (m, a) =>
            {
                var dtype = a[a.Count - 1];
                var rows = Py.Binary(BinaryOperator.Multiply, a[2], Py.Int(chunks));
                LayerTable.NewParameter("weight_ih", m, dtype, rows, a[1]);
                LayerTable.NewParameter("weight_hh", m, dtype, rows, a[2]);
                m.SetAttribute("bias", a[3]);
                foreach (var bias in (string[])["bias_ih", "bias_hh"])
                {
                    if (a.Bool(3))
                        LayerTable.NewParameter(bias, m, dtype, rows);
                    else
                        LayerTable.NoParameter(m, bias);
                }

                Reset(m);
            }, "input, hx=None", (m, a) => Cell(m, op, LayerTable.InputWith(a[1], "dim"), a[2]),
                m => $"{LayerTable.Show(m, "input_size")}, {LayerTable.Show(m, "hidden_size")}" + (m.Bool("bias") ? "" : ", bias=False")
                    + (m.Class.Lookup("nonlinearity") is null && m.Attributes?.GetOrNull("nonlinearity") is string and not "tanh" ? $", nonlinearity={m.Text("nonlinearity")}" : ""), cells);
            cls.Method("reset_parameters", "self", a =>
            {
                Reset((ModuleObject)a[0]);
                return null;
            });
        }
    }

    private static void Init(ModuleObject m, string mode, bool bias, object dtype)
    {
        m.SetAttribute("bias", Py.Bool(bias));
        if (!Py.TryDouble(m.Get("dropout"), out var dropout) || m.Get("dropout") is bool || dropout is < 0 or > 1)
            throw PyErrors.ValueError("dropout should be a number in range [0, 1] representing the probability of an element being zeroed");
        m.SetAttribute("dropout", dropout);
        var hidden = m.Get("hidden_size");
        var projection = m.Long("proj_size");
        if (projection < 0)
            throw PyErrors.ValueError("proj_size should be a positive integer or zero to disable projections");
        if (Py.Truth(Py.Compare(CompareOperator.GreaterOrEqual, m.Get("proj_size"), hidden)))
            throw PyErrors.ValueError("proj_size has to be smaller than hidden_size");
        var gates = Py.Binary(BinaryOperator.Multiply, hidden, Py.Int(mode switch { "LSTM" => 4, "GRU" => 3, _ => 1 }));
        var real = projection > 0 ? m.Get("proj_size") : hidden;
        var directions = m.Bool("bidirectional") ? 2 : 1;
        foreach (var (layer, suffix) in Layers(m))
        {
            var inputs = layer == 0 ? m.Get("input_size") : Py.Binary(BinaryOperator.Multiply, real, Py.Int(directions));
            LayerTable.NewParameter($"weight_ih_l{layer}{suffix}", m, dtype, gates, inputs);
            LayerTable.NewParameter($"weight_hh_l{layer}{suffix}", m, dtype, gates, real);
            if (bias)
            {
                LayerTable.NewParameter($"bias_ih_l{layer}{suffix}", m, dtype, gates);
                LayerTable.NewParameter($"bias_hh_l{layer}{suffix}", m, dtype, gates);
            }

            if (projection > 0)
                LayerTable.NewParameter($"weight_hr_l{layer}{suffix}", m, dtype, m.Get("proj_size"), hidden);
        }

        if (m.Long("num_layers") <= 0)
            throw PyErrors.IndexError("list index out of range");
        Py.CallMethod(m, "reset_parameters");
    }

    private static IEnumerable<(long Layer, string Suffix)> Layers(ModuleObject m)
    {
        for (long layer = 0; layer < m.Long("num_layers"); layer++)
        {
            yield return (layer, "");
            if (m.Bool("bidirectional"))
                yield return (layer, "_reverse");
        }
    }

    private static void Reset(ModuleObject m)
    {
        var hidden = m.Double("hidden_size");
        var bound = hidden > 0 ? 1.0 / Math.Sqrt(hidden) : 0;
        foreach (var parameter in ModuleClass.Parameters(m).ToList())
            Initialization.Uniform(parameter, -bound, bound);
    }

    private static object Forward(ModuleObject m, object value, object hx)
    {
        if (value is PyTuple { Class.Name: "PackedSequence" } packed)
            return ForwardPacked(m, packed, hx);
        var input = value as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(value)}' object has no attribute 'dim'");
        var mode = m.Text("mode");
        var isLstm = mode == "LSTM";
        var batched = input.Dim == 3;
        var batchDim = m.Bool("batch_first") ? 0L : 1L;
        if (!batched)
            input = Aten.Call("unsqueeze", input, batchDim);
        var batch = input.Dim > batchDim ? input.Shape[batchDim] : throw Aten.OfOperator(PyErrors.IndexError(
            $"Dimension out of range (expected to be in range of [{-input.Dim}, {input.Dim - 1}], but got {batchDim})"));
        var layers = m.Long("num_layers") * (m.Bool("bidirectional") ? 2 : 1);
        var hidden = m.Long("hidden_size");
        var real = m.Long("proj_size") > 0 ? m.Long("proj_size") : hidden;
        TensorObject h;
        TensorObject? c = null;
        if (hx is PyNone)
        {
            h = Zeros(input, layers, batch, real);
            if (isLstm)
                c = Zeros(input, layers, batch, hidden);
        }
        else
        {
            if (isLstm)
            {
                (h, c) = HiddenPair(hx);
            }
            else
            {
                h = hx as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(hx)}' object has no attribute 'dim'");
            }

            var wanted = batched ? 3 : 2;
            if (h.Dim != wanted || (c is not null && c.Dim != wanted))
            {
                throw Aten.OfOperator(PyErrors.RuntimeError(isLstm
                    ? $"For {(batched ? "batched 3-D" : "unbatched 2-D")} input, hx and cx should also be {wanted}-D but got ({h.Dim}-D, {c!.Dim}-D) tensors"
                    : $"For {(batched ? "batched 3-D" : "unbatched 2-D")} input, hx should also be {wanted}-D but got {h.Dim}-D tensor"));
            }

            if (!batched)
            {
                h = Aten.Call("unsqueeze", h, 1L);
                c = c is null ? null : Aten.Call("unsqueeze", c, 1L);
            }
        }

        if (input.Dim != 3)
            throw Aten.OfOperator(PyErrors.RuntimeError($"input must have 3 dimensions, got {input.Dim}"));
        if (input.Shape[^1] != m.Long("input_size"))
            throw Aten.OfOperator(PyErrors.RuntimeError($"input.size(-1) must be equal to input_size. Expected {m.Long("input_size")}, got {input.Shape[^1]}"));
        CheckHidden(h, [layers, batch, real], isLstm ? "[0]" : "");
        if (c is not null)
            CheckHidden(c, [layers, batch, hidden], "[1]");
        var weights = Weights(m, input);
        Argument state = isLstm ? (Tensor?[])[h.Tensor, c!.Tensor] : h.Tensor;
        var results = Aten.CallMany(Operator(mode) + ".input", input, state, weights, Flag(m, "bias"), m.Long("num_layers"), m.Double("dropout"), m.Training,
            Flag(m, "bidirectional"), Flag(m, "batch_first"));
        GC.KeepAlive(h);
        GC.KeepAlive(c);
        if (!batched)
        {
            results[0] = Aten.Call("squeeze.dim", results[0], batchDim);
            for (var i = 1; i < results.Length; i++)
                results[i] = Aten.Call("squeeze.dim", results[i], 1L);
        }

        return isLstm
            ? new PyTuple(results[0], new PyTuple(results[1], results[2]))
            : new PyTuple(results[0], results[1]);
    }

    // The time steps of a packed sequence one after another; its rows are sorted by length, those of the states are not.
    private static PyTuple ForwardPacked(ModuleObject m, PyTuple packed, object hx)
    {
        var mode = m.Text("mode");
        var isLstm = mode == "LSTM";
        var (data, sizes) = ((TensorObject)packed[0], (TensorObject)packed[1]);
        TensorObject Ordered(TensorObject state, object order) => order is TensorObject indices ? Aten.Call("index_select", state, 1L, indices) : state;
        var batch = Py.ToLong(TensorData.Item(Aten.Call("select.int", sizes, 0L, 0L)));
        var layers = m.Long("num_layers") * (m.Bool("bidirectional") ? 2 : 1);
        var real = m.Long("proj_size") > 0 ? m.Long("proj_size") : m.Long("hidden_size");
        TensorObject h;
        TensorObject? c = null;
        if (hx is PyNone)
        {
            h = Zeros(data, layers, batch, real);
            c = isLstm ? Zeros(data, layers, batch, m.Long("hidden_size")) : null;
        }
        else
        {
            if (isLstm)
                (h, c) = HiddenPair(hx);
            else
                h = hx as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(hx)}' object has no attribute 'dim'");
            h = Ordered(h, packed[2]);
            c = c is null ? null : Ordered(c, packed[2]);
        }

        if (data.Shape[^1] != m.Long("input_size"))
            throw Aten.OfOperator(PyErrors.RuntimeError($"input.size(-1) must be equal to input_size. Expected {m.Long("input_size")}, got {data.Shape[^1]}"));
        CheckHidden(h, [layers, batch, real], isLstm ? "[0]" : "");
        var weights = Weights(m, data);
        Argument state = isLstm ? (Tensor?[])[h.Tensor, c!.Tensor] : h.Tensor;
        var results = Aten.CallMany(Operator(mode) + ".data", data, sizes, state, weights, Flag(m, "bias"), m.Long("num_layers"), m.Double("dropout"), m.Training, Flag(m, "bidirectional"));
        GC.KeepAlive(h);
        GC.KeepAlive(c);
        var output = Py.Call(packed.Class, results[0], sizes, packed[2], packed[3]);
        var last = Ordered(results[1], packed[3]);
        return new PyTuple(output, isLstm ? new PyTuple(last, Ordered(results[2], packed[3])) : last);
    }

    private static string Operator(string mode) => mode switch { "LSTM" => "lstm", "GRU" => "gru", "RNN_TANH" => "rnn_tanh", _ => "rnn_relu" };

    private static Tensor?[] Weights(ModuleObject m, TensorObject input)
    {
        var weights = WeightNames(m).Select(name => (Tensor?)Weight(m, name).Tensor).ToArray();
        var session = CandidateSession.Current;
        if (session.CountMacs)
            session.SpendMacs((double)weights.Where(w => w!.Dim == 2).Sum(w => w!.NumElements) * (input.Tensor.NumElements / Math.Max(1, input.Shape[^1])));
        return weights;
    }

    // In the operator's order, whatever the order is in which a candidate has registered them anew, and whether they still are parameters.
    private static IEnumerable<string> WeightNames(ModuleObject m) => Layers(m).SelectMany(place =>
    {
        string[] names = [$"weight_ih_l{place.Layer}{place.Suffix}", $"weight_hh_l{place.Layer}{place.Suffix}"];
        if (m.Bool("bias"))
            names = [.. names, $"bias_ih_l{place.Layer}{place.Suffix}", $"bias_hh_l{place.Layer}{place.Suffix}"];
        return m.Long("proj_size") > 0 ? [.. names, $"weight_hr_l{place.Layer}{place.Suffix}"] : names;
    });

    private static TensorObject Weight(ModuleObject m, string name) => m.Parameter(name) ?? throw PyErrors.NoAttribute(m, name);

    // The operator takes no number where it wants a flag.
    private static bool Flag(ModuleObject m, string name) => m.Get(name) as bool?
        ?? throw PyErrors.TypeError($"{Operator(m.Text("mode"))}() received an invalid combination of arguments: '{name}' must be bool, not {Py.TypeName(m.Get(name))}");

    private static (TensorObject First, TensorObject Second) HiddenPair(object hx)
    {
        if (hx is not (PyTuple or PyList or TensorObject))
            throw PyErrors.TypeError($"'{Py.TypeName(hx)}' object is not subscriptable");
        var items = Py.ToList(hx);
        TensorObject At(int i) => i >= items.Count
            ? throw (hx is TensorObject rows
                ? Aten.OfOperator(PyErrors.IndexError($"index {i} is out of bounds for dimension 0 with size {rows.Shape[0]}"))
                : PyErrors.IndexError($"{Py.TypeName(hx)} index out of range"))
            : items[i] as TensorObject ?? throw PyErrors.AttributeError($"'{Py.TypeName(items[i])}' object has no attribute 'dim'");
        return (At(0), At(1));
    }

    private static TensorObject Zeros(TensorObject like, params long[] shape) =>
        Aten.Call("zeros", shape, like.Tensor.Dtype);

    private static void CheckHidden(TensorObject hidden, long[] expected, string which)
    {
        if (!hidden.Shape.AsSpan().SequenceEqual(expected))
        {
            throw Aten.OfOperator(PyErrors.RuntimeError(
                $"Expected hidden{which} size ({string.Join(", ", expected)}), got [{string.Join(", ", hidden.Shape)}]"));
        }
    }

    private static object Cell(ModuleObject m, string op, TensorObject input, object hx)
    {
        if (input.Dim is not (1 or 2))
            throw PyErrors.AssertionError($"{m.Class.Name}: Expected input to be 1-D or 2-D but received {input.Dim}-D tensor");
        var batched = input.Dim == 2;
        var x = batched ? input : Aten.Call("unsqueeze", input, 0L);
        var zeros = hx is PyNone ? Zeros(x, x.Shape[0], m.Long("hidden_size")) : null;
        TensorObject Batched(object value) => value is TensorObject t
            ? batched ? t : Aten.Call("unsqueeze", t, 0L)
            : throw PyErrors.TypeError($"{op}(): argument 'hx' must be Tensor, not {Py.TypeName(value)}");
        var (wi, wh, bi, bh) = (m.Parameter("weight_ih"), m.Parameter("weight_hh"), m.Parameter("bias_ih"), m.Parameter("bias_hh"));
        if (op == "lstm_cell")
        {
            var pair = zeros is null ? Py.ToList(hx) : [zeros, zeros];
            var h = zeros ?? Batched(pair[0]);
            var c = zeros ?? Batched(pair[1]);
            var results = Aten.CallMany("lstm_cell", x, (Tensor?[])[h.Tensor, c.Tensor], wi, wh, bi, bh);
            return new PyTuple(batched ? results[0] : Aten.Call("squeeze.dim", results[0], 0L), batched ? results[1] : Aten.Call("squeeze.dim", results[1], 0L));
        }

        var name = op == "rnn" ? m.Text("nonlinearity") switch
        {
            "tanh" => "rnn_tanh_cell",
            "relu" => "rnn_relu_cell",
            var other => throw PyErrors.RuntimeError($"Unknown nonlinearity: {other}"),
        } : op;
        var result = Aten.Call(name, x, zeros ?? Batched(hx), wi, wh, bi, bh);
        return batched ? result : Aten.Call("squeeze.dim", result, 0L);
    }

    private static string Text(ModuleObject m)
    {
        var text = $"{LayerTable.Show(m, "input_size")}, {LayerTable.Show(m, "hidden_size")}";
        if (m.Long("proj_size") != 0)
            text += $", proj_size={LayerTable.Show(m, "proj_size")}";
        if (m.Long("num_layers") != 1)
            text += $", num_layers={LayerTable.Show(m, "num_layers")}";
        if (!m.Bool("bias"))
            text += ", bias=False";
        if (m.Bool("batch_first"))
            text += ", batch_first=True";
        if (m.Double("dropout") != 0)
            text += $", dropout={LayerTable.Show(m, "dropout")}";
        if (m.Bool("bidirectional"))
            text += ", bidirectional=True";
        return text;
    }
}
