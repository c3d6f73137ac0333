using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Functional;

/// <summary>F.interpolate, grid_sample, affine_grid.</summary>
internal static class Interpolation
{
    public static TensorObject Interpolate(TensorObject input, object size, object scale, string mode, object alignCorners, object recompute, bool antialias)
    {
        var dims = input.Dim - 2;
        if (mode is "nearest" or "area" or "nearest-exact")
        {
            if (alignCorners is not PyNone)
                throw PyErrors.ValueError("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
        }

        var corners = alignCorners is not PyNone && Py.Truth(alignCorners);
        if (size is not PyNone && scale is not PyNone)
            throw PyErrors.ValueError("only one of size or scale_factor should be defined");
        if (size is PyNone && scale is PyNone)
            throw PyErrors.ValueError("either size or scale_factor should be defined");
        long[]? output = null;
        double[]? factors = null;
        if (size is not PyNone)
        {
            var given = size is PyTuple or PyList ? Py.ToList(size) : [.. Enumerable.Repeat(size, Math.Max(0, dims))];
            if (given.Count != dims)
                throw PyErrors.ValueError($"Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of {Py.Repr(new PyList(input.Shape[2..].Select(Py.Int)))} and output size of {Py.Str(size)}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.");
            output = [.. given.Select(item => item is double ? throw PyErrors.TypeError($"expected size to be ints, got float") : Py.ToLong(item))];
        }
        else
        {
            var given = scale is PyTuple or PyList ? Py.ToList(scale) : [.. Enumerable.Repeat(scale, Math.Max(0, dims))];
            if (given.Count != dims)
                throw PyErrors.ValueError($"Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of {Py.Repr(new PyList(input.Shape[2..].Select(Py.Int)))} and scale_factor of shape {Py.Str(scale)}.");
            factors = [.. given.Select(Py.ToDouble)];
            if (mode == "area" || (recompute is not PyNone && Py.Truth(recompute)))
            {
                output = [.. factors.Select((f, i) => (long)Math.Floor(input.Shape[i + 2] * f))];
                factors = null;
            }
        }

        var target = output ?? [.. factors!.Select((f, i) => (long)Math.Floor(input.Shape[i + 2] * f))];
        AllocationGuard.CheckShape(CandidateSession.Current, [.. input.Shape.Take(2), .. target]);
        Argument sizes = output is null ? Argument.None : output;
        Argument scales = factors is null ? Argument.None : factors;
        switch (mode)
        {
            case "nearest" when dims is 1 or 2 or 3:
                return Aten.Call($"upsample_nearest{dims}d.vec", input, sizes, scales);
            case "nearest-exact" when dims is 1 or 2 or 3:
                return Aten.Call($"_upsample_nearest_exact{dims}d.vec", input, sizes, scales);
            case "area" when dims is 1 or 2 or 3:
                return Pooling.AdaptiveAverage(dims, input, PyTuple.OfInts(target));
            case "linear" when dims == 1:
                return Aten.Call("upsample_linear1d.vec", input, sizes, corners, scales);
            case "bilinear" when dims == 2:
                return Aten.Call(antialias ? "_upsample_bilinear2d_aa.vec" : "upsample_bilinear2d.vec", input, sizes, corners, scales);
            case "trilinear" when dims == 3:
                return Aten.Call("upsample_trilinear3d.vec", input, sizes, corners, scales);
            case "bicubic" when dims == 2:
                return Aten.Call(antialias ? "_upsample_bicubic2d_aa.vec" : "upsample_bicubic2d.vec", input, sizes, corners, scales);
        }

        var needs = mode switch { "linear" => 3, "bilinear" => 4, "trilinear" => 5, _ => 0 };
        if (needs > 0)
            throw PyErrors.NotImplementedError($"Got {input.Dim}D input, but {mode} mode needs {needs}D input");
        throw PyErrors.NotImplementedError(
            $"Input Error: Only 3D, 4D and 5D input Tensors supported (got {input.Dim}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got {mode})");
    }

    public static TensorObject AffineGrid(object theta, object given, long[] size, bool corners)
    {
        var matrices = LayerTable.InputWith(theta, "is_floating_point");
        if (!matrices.Tensor.Dtype.IsFloatingPoint())
            throw PyErrors.ValueError($"Expected theta to have floating point type, but got torch.{matrices.Tensor.Dtype.PythonName()}");
        var spatial = size.Length - 2;
        if (spatial is not (2 or 3))
            throw PyErrors.NotImplementedError("affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. " + $"Got size {Py.Repr(SizeObject.Of(size))}.");
        var shape = matrices.Shape;
        if (shape.Length != 3 || shape[1] != spatial || shape[2] != spatial + 1)
        {
            throw PyErrors.ValueError($"Expected a batch of {spatial}D affine matrices of shape Nx{spatial}x{spatial + 1} for size {Py.Str(given)}. Got {Py.Repr(SizeObject.Of(shape))}.");
        }

        if (size.Min() <= 0)
            throw PyErrors.ValueError($"Expected non-zero, positive output size. Got {Py.Repr(PyTuple.OfInts(size))}");
        return Aten.Call("affine_grid_generator", matrices, size, corners);
    }

    public static TensorObject GridSample(TensorObject input, TensorObject grid, string mode, string padding, bool corners)
    {
        long Index(string value, string kind, params string[] names) => Array.IndexOf(names, value) is >= 0 and var index
            ? index
            : throw PyErrors.ValueError($"nn.functional.grid_sample(): expected {kind} to be '{string.Join("', '", names[..^1])}' or '{names[^1]}', but got: '{value}'");
        return Aten.Call("grid_sampler", input, grid, Index(mode, "mode", "bilinear", "nearest", "bicubic"), Index(padding, "padding_mode", "zeros", "border", "reflection"), corners);
    }
}
