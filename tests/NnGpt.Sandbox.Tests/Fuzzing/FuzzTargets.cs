using NnGpt.Torch;

namespace NnGpt.Sandbox.Tests.Fuzzing;

/// <summary>What candidates can call of torch: the names that the runtime itself takes from its lists.</summary>
internal static class FuzzTargets
{
    // Functions with code of their own between the candidate and the operators.
    private const string Functional =
        "relu relu6 gelu leaky_relu elu celu hardtanh threshold softplus softshrink hardshrink softsign tanhshrink prelu rrelu glu softmax log_softmax "
        + "gumbel_softmax linear bilinear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d pixel_shuffle pixel_unshuffle "
        + "channel_shuffle cosine_similarity pairwise_distance pdist one_hot embedding embedding_bag batch_norm instance_norm layer_norm group_norm "
        + "local_response_norm normalize dropout dropout2d alpha_dropout pad interpolate upsample grid_sample affine_grid fold unfold max_pool1d max_pool2d "
        + "max_pool3d avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d "
        + "adaptive_max_pool3d lp_pool1d lp_pool2d max_unpool1d max_unpool2d max_unpool3d fractional_max_pool2d fractional_max_pool3d cross_entropy nll_loss "
        + "binary_cross_entropy binary_cross_entropy_with_logits mse_loss l1_loss smooth_l1_loss huber_loss kl_div multi_margin_loss multilabel_margin_loss "
        + "multilabel_soft_margin_loss gaussian_nll_loss poisson_nll_loss cosine_embedding_loss triplet_margin_loss margin_ranking_loss hinge_embedding_loss "
        + "soft_margin_loss ctc_loss multi_head_attention_forward scaled_dot_product_attention";

    // Memory layout and indexing, which have code of their own too.
    private const string Methods =
        "__getitem__ __setitem__ view as_strided set_ resize_ expand permute to type data_ptr numpy tolist scatter_add index_put_ masked_fill repeat unfold "
        + "split chunk narrow reshape flatten sum max unique norm std var backward";

    private static readonly string[] s_unharmed = ["save", "seed", "wait", "manual_seed"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Names("torch-operators.txt").Select(name => "torch." + name),
        .. Names("tensor-operators.txt").Concat(Methods.Split(' ')).Distinct().Select(name => "Tensor." + name),
        .. Functional.Split(' ').Select(name => "F." + name),
    ];

    /// <summary>The schemas of the operator behind a target; none when it is no operator.</summary>
    public static IReadOnlyList<OperatorSchema> Schemas(string target)
    {
        string name = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return [.. Operators.Overloads(name).Select(overload => overload.Schema).Where(schema => !schema.HasOut && !schema.HasDimensionNames)];
    }

    private static IEnumerable<string> Names(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fuzzing", file)).Where(name => name.Length > 0 && !s_unharmed.Contains(name));
}
