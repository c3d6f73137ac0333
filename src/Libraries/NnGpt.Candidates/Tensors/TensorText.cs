using System.Globalization;
using System.Text;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>repr(tensor): numbers with four digits, large tensors shortened to their shape's corners.</summary>
internal static class TensorText
{
    private const int EdgeItems = 3;
    private const int Threshold = 1000;

    public static string Repr(TensorObject self)
    {
        var tensor = self.Tensor;
        var text = new StringBuilder("tensor(");
        if (tensor.NumElements == 0)
            text.Append("[]");
        else
            Write(text, self);
        if (tensor.NumElements == 0 && tensor.Dim != 1)
            text.Append(CultureInfo.InvariantCulture, $", size=({string.Join(", ", tensor.Shape)})");
        if (tensor.Dtype is not (Dtype.Float32 or Dtype.Int64 or Dtype.Bool))
            text.Append(CultureInfo.InvariantCulture, $", dtype=torch.{tensor.Dtype.PythonName()}");
        if (tensor.GradFunctionName is { Length: > 0 } node)
            text.Append(CultureInfo.InvariantCulture, $", grad_fn=<{node.Split(':')[^1]}>");
        else if (tensor.RequiresGrad)
            text.Append(", requires_grad=True");
        return text.Append(')').ToString();
    }

    private static void Write(StringBuilder text, TensorObject self)
    {
        var shape = self.Shape;
        var isFloat = self.Tensor.Dtype.IsFloatingPoint();
        var values = isFloat ? self.Tensor.ToArray<double>() : Array.ConvertAll(self.Tensor.ToArray<long>(), v => (double)v);
        var isBool = self.Tensor.Dtype == Dtype.Bool;
        var whole = isFloat && values.All(v => !double.IsFinite(v) || v == Math.Truncate(v));
        string Number(double v) => isBool ? v != 0 ? "True" : "False"
            : double.IsNaN(v) ? "nan"
            : double.IsInfinity(v) ? v > 0 ? "inf" : "-inf"
            : !isFloat ? v.ToString("0", CultureInfo.InvariantCulture)
            : whole ? v.ToString("0", CultureInfo.InvariantCulture) + "."
            : v.ToString("0.0000", CultureInfo.InvariantCulture);
        var shorten = values.Length > Threshold;
        var width = shape.Length == 0 ? 0 : values.Take(Threshold).Max(v => Number(v).Length);
        var offset = 0;
        Row(0, 8);

        void Row(int dim, int indent)
        {
            if (dim == shape.Length)
            {
                text.Append(Number(values[offset++]).PadLeft(width));
                return;
            }

            var step = shape[(dim + 1)..].Aggregate(1L, (product, size) => product * size);
            text.Append('[');
            for (long i = 0; i < shape[dim]; i++)
            {
                if (i > 0)
                    text.Append(dim == shape.Length - 1 ? ", " : "," + new string('\n', shape.Length - 1 - dim) + new string(' ', indent));
                if (shorten && shape[dim] > 2 * EdgeItems && i == EdgeItems)
                {
                    text.Append("...");
                    offset += (int)((shape[dim] - 2 * EdgeItems) * step);
                    i = shape[dim] - EdgeItems - 1;
                    continue;
                }

                Row(dim + 1, indent + 1);
            }

            text.Append(']');
        }
    }
}
