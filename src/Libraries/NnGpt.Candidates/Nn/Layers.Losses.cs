using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineLosses()
    {
        const string Legacy = "size_average=None, reduce=None, reduction='mean'";
        var loss = Layer("_Loss", "loss", Legacy, (m, a) => m.SetAttribute("reduction", Losses.LegacyReduction(a[1], a[2], a[3])), "input", null);
        var weighted = Layer("_WeightedLoss", "loss", "weight=None, " + Legacy, (m, a) =>
        {
            m.Attributes?.Remove("weight");
            SetBuffer(m, "weight", a[1]);
            m.SetAttribute("reduction", Losses.LegacyReduction(a[2], a[3], a[4]));
        }, "input", null, parent: loss);

        PyClass Weighted(string name, string signature, LayerForward run) => Layer(name, "loss", signature, (m, a) =>
        {
            m.Attributes?.Remove("weight");
            SetBuffer(m, "weight", a[1]);
            // The weight of the positive class is a buffer too.
            if (m.Attributes?.Remove("pos_weight") == true)
                SetBuffer(m, "pos_weight", a[5]);
            m.SetAttribute("reduction", Losses.LegacyReduction(m.Get("size_average"), m.Get("reduce"), m.Get("reduction")));
        }, "input, target", run, parent: weighted);
        PyClass Simple(string name, string signature, LayerForward run, string forward = "input, target") => Layer(name, "loss", signature, (m, a) =>
            m.SetAttribute("reduction", Losses.LegacyReduction(m.Get("size_average"), m.Get("reduce"), m.Get("reduction"))), forward, run, parent: loss);

        Weighted("CrossEntropyLoss", "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", (m, a) =>
            Losses.CrossEntropy(Input(a[1], "cross_entropy_loss"), Target(a[2], "cross_entropy_loss"), m.Buffer("weight"), m.Text("reduction"), m.Long("ignore_index"), m.Double("label_smoothing")));
        Weighted("NLLLoss", "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", (m, a) =>
            Losses.Nll(Input(a[1], "nll_loss_nd"), Target(a[2], "nll_loss_nd"), m.Buffer("weight"), m.Text("reduction"), m.Long("ignore_index")));
        s_classes["NLLLoss2d"] = s_classes["NLLLoss"];
        Weighted("BCELoss", "weight=None, " + Legacy, (m, a) => Losses.BinaryCrossEntropy(Input(a[1], "binary_cross_entropy"), Target(a[2], "binary_cross_entropy"), m.Buffer("weight"), m.Text("reduction")));
        Weighted("BCEWithLogitsLoss", "weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None", (m, a) =>
            Losses.BinaryCrossEntropyWithLogits(Input(a[1], "binary_cross_entropy_with_logits"), Target(a[2], "binary_cross_entropy_with_logits"), m.Buffer("weight"), m.Text("reduction"), m.Buffer("pos_weight")));
        Weighted("MultiLabelSoftMarginLoss", "weight=None, " + Legacy, (m, a) => Losses.MultiLabelSoftMargin(Input(a[1], "multilabel_soft_margin_loss"), Target(a[2], "multilabel_soft_margin_loss"), m.Buffer("weight"), m.Text("reduction")));
        Layer("GaussianNLLLoss", "loss", "full=False, eps=1e-06, reduction='mean'", (_, _) => { }, "input, target, var", (m, a) =>
            Losses.Gaussian(Input(a[1], "gaussian_nll_loss"), Target(a[2], "gaussian_nll_loss"), Target(a[3], "gaussian_nll_loss"), m.Bool("full"), m.Double("eps"), m.Text("reduction")), parent: loss);
        Simple("MSELoss", Legacy, (m, a) => Losses.Elementwise("mse_loss", Sized(a[1], a[2], out var target), target, m.Text("reduction")));
        Simple("L1Loss", Legacy, (m, a) => Losses.Elementwise("l1_loss", Input(a[1], "l1_loss"), Target(a[2], "l1_loss"), m.Text("reduction")));
        Simple("SmoothL1Loss", "size_average=None, reduce=None, reduction='mean', beta=1.0", (m, a) =>
            Losses.Elementwise("smooth_l1_loss", Input(a[1], "smooth_l1_loss"), Target(a[2], "smooth_l1_loss"), m.Text("reduction"), m.Double("beta")));
        Simple("HuberLoss", "reduction='mean', delta=1.0, size_average=None, reduce=None", (m, a) =>
            Losses.Elementwise("huber_loss", Input(a[1], "huber_loss"), Target(a[2], "huber_loss"), m.Text("reduction"), m.Double("delta")));
        Simple("SoftMarginLoss", Legacy, (m, a) => Losses.Elementwise("soft_margin_loss", Input(a[1], "soft_margin_loss"), Target(a[2], "soft_margin_loss"), m.Text("reduction")));
        Simple("KLDivLoss", "size_average=None, reduce=None, reduction='mean', log_target=False", (m, a) =>
            Losses.KlDivergence(Input(a[1], "kl_div"), Target(a[2], "kl_div"), m.Text("reduction"), m.Bool("log_target")));
        Simple("HingeEmbeddingLoss", "margin=1.0, " + Legacy, (m, a) => Aten.Call("hinge_embedding_loss", Input(a[1], "hinge_embedding_loss"), Target(a[2], "hinge_embedding_loss"), m.Double("margin"), Losses.Reduction(m.Text("reduction"))));
        Simple("MultiMarginLoss", "p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'", (m, a) =>
            Aten.Call("multi_margin_loss", Input(a[1], "multi_margin_loss"), Target(a[2], "multi_margin_loss"), m.Long("p"), m.Double("margin"), m.Get("weight") as TensorObject, Losses.Reduction(m.Text("reduction"))));
        Simple("MultiLabelMarginLoss", Legacy, (m, a) => Aten.Call("multilabel_margin_loss", Input(a[1], "multilabel_margin_loss"), Target(a[2], "multilabel_margin_loss"), Losses.Reduction(m.Text("reduction"))));
        Simple("PoissonNLLLoss", "log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'", (m, a) =>
            Aten.Call("poisson_nll_loss", Input(a[1], "poisson_nll_loss"), Target(a[2], "poisson_nll_loss"), m.Bool("log_input"), m.Bool("full"), m.Double("eps"), Losses.Reduction(m.Text("reduction"))));
        Simple("MarginRankingLoss", "margin=0.0, " + Legacy, (m, a) => Aten.Call("margin_ranking_loss", Input(a[1], "margin_ranking_loss"), Target(a[2], "margin_ranking_loss"), Target(a[3], "margin_ranking_loss"), m.Double("margin"), Losses.Reduction(m.Text("reduction"))), "input1, input2, target");
        Simple("CosineEmbeddingLoss", "margin=0.0, " + Legacy, (m, a) => Aten.Call("cosine_embedding_loss", Input(a[1], "cosine_embedding_loss"), Target(a[2], "cosine_embedding_loss"), Target(a[3], "cosine_embedding_loss"), m.Double("margin"), Losses.Reduction(m.Text("reduction"))), "input1, input2, target");
        Simple("TripletMarginLoss", "margin=1.0, p=2.0, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean'", (m, a) =>
            Aten.Call("triplet_margin_loss", Input(a[1], "triplet_margin_loss"), Target(a[2], "triplet_margin_loss"), Target(a[3], "triplet_margin_loss"), m.Double("margin"), m.Double("p"), m.Double("eps"), m.Bool("swap"), Losses.Reduction(m.Text("reduction"))), "anchor, positive, negative");
    }

    private static void SetBuffer(ModuleObject m, string name, object weight) => m.Buffers!.Set(name, weight is TensorObject or PyNone
        ? weight
        : throw PyErrors.TypeError($"cannot assign '{ModuleClass.TypeName(weight)}' object to buffer '{name}' (torch Tensor or None required)"));

    private static TensorObject Target(object value, string function) => value as TensorObject
        ?? throw PyErrors.TypeError($"{function}(): argument 'target' (position 2) must be Tensor, not {Py.TypeName(value)}");
}
