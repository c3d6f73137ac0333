using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Execution;

/// <summary>What learn() iterates over: the batches of one epoch, once, each made when it is asked for.</summary>
internal sealed class BatchLoader : PyObject
{
    private static readonly PyClass s_dataset = new PyClass("Dataset", "torch.utils.data.dataset") { IsAbstractNative = true }
        .Method("__len__", self => ((PyInstance)self).NativeState!);

    private static readonly PyClass s_type = new PyClass("DataLoader", "torch.utils.data.dataloader") { IsAbstractNative = true }
        .Method("__len__", self => Py.Int(((BatchLoader)self)._source.Count))
        .Method("__iter__", self => new NativeIterator("iterator", ((BatchLoader)self).Batches()))
        .Property("batch_size", self => Py.Int(((BatchLoader)self)._source.Count == 0 ? 0 : ((BatchLoader)self)._source.SizeOf(0)))
        .Property("dataset", self => new PyInstance(s_dataset) { NativeState = Py.Int(((BatchLoader)self)._source.Images) });

    private readonly BatchSource _source;
    private readonly long[] _imageShape;
    private bool _used;

    public BatchLoader(BatchSource source, IReadOnlyList<long> inShape) : base(s_type)
    {
        _source = source;
        _imageShape = [.. inShape.Skip(1)];
    }

    /// <summary>One batch as tensors.</summary>
    public static (TensorObject Images, TensorObject Labels) Make(BatchSource source, int batch, long[] imageShape)
    {
        var session = CandidateSession.Current;
        var count = source.SizeOf(batch);
        var images = Tensor.Empty([count, .. imageShape]);
        var labels = session.Wrap(Tensor.Empty([count], Dtype.Int64));
        source.Fill(batch, images.AsSpan<float>(), labels.Tensor.AsSpan<long>());
        if (session.ChannelsLast is null || imageShape.Length != 3)
            return (session.Wrap(images), labels);
        using (images)
            return (session.Wrap(ChannelsLast.Convert(images)), labels);
    }

    // A second pass would be a second epoch: it finds no batches.
    private IEnumerable<object> Batches()
    {
        if (_used)
            yield break;
        _used = true;
        for (var i = 0; i < _source.Count; i++)
        {
            CandidateSession.Current.Check();
            var (images, labels) = Make(_source, i, _imageShape);
            yield return new PyTuple(images, labels);
        }
    }
}
