using System.Collections;

namespace NnGpt.Torch;

/// <summary>Decides whether a value fits an argument's type, by the rules of PyTorch's argument parser, and converts it.</summary>
internal static class ValueBinder
{
    /// <summary>Whether numbers may stand for tensors in this operator (torch.add(2, x)).</summary>
    public static bool AllowsNumbersAsTensors(string baseName) => baseName.TrimEnd('_') is
        "add" or "sub" or "mul" or "div" or "divide" or "true_divide" or "floor_divide" or "multiply" or "subtract" or "fmod" or "remainder";

    public static bool Fits(ArgumentType type, object? value, bool numbersAsTensors)
    {
        if (value is null)
        {
            return type.IsOptional;
        }
        if (!type.IsList)
        {
            return FitsElement(type.Kind, value) || (numbersAsTensors && type.Kind == ArgumentKind.Tensor && IsNumber(value));
        }
        if (type.ListSize > 0 && FitsElement(type.Kind, value))
        {
            return true;
        }
        if (value is string || value is not IEnumerable items)
        {
            return false;
        }
        // PyTorch looks at the first element only when it chooses; the others are checked when they are converted.
        foreach (object? item in items)
        {
            return item is null ? type.ElementIsOptional : FitsElement(type.Kind, item) || (type.ElementIsOptional && item is IEnumerable);
        }
        return true;
    }

    /// <summary>Converts a value that <see cref="Fits"/>.</summary>
    public static Argument Convert(ArgumentType type, object? value, Func<int, object?, TorchException> wrongElement)
    {
        if (value is null)
        {
            return Argument.None;
        }
        if (!type.IsList || FitsElement(type.Kind, value))
        {
            return ConvertElement(type.Kind, value);
        }
        object?[] items = [.. ((IEnumerable)value).Cast<object?>()];
        for (int i = 0; i < items.Length; i++)
        {
            // Behind the first element, a bool counts as an int.
            if (items[i] is null ? !type.ElementIsOptional : !FitsElement(type.Kind, items[i]!) && !(i > 0 && type.Kind == ArgumentKind.Int && items[i] is bool))
            {
                throw wrongElement(i, items[i]);
            }
        }
        return type.Kind switch
        {
            ArgumentKind.Tensor => items.Select(static item => (Tensor?)item).ToArray(),
            ArgumentKind.Int => items.Select(static item => ToLong(item!)).ToArray(),
            ArgumentKind.Float => items.Select(static item => ToDouble(item!)).ToArray(),
            ArgumentKind.Bool => items.Select(static item => (bool)item!).ToArray(),
            _ => throw wrongElement(0, items.Length > 0 ? items[0] : null),
        };
    }

    private static bool FitsElement(ArgumentKind kind, object value) => kind switch
    {
        ArgumentKind.Tensor => value is Tensor,
        ArgumentKind.Scalar => IsNumber(value) || value is Tensor { Dim: 0, RequiresGrad: false },
        ArgumentKind.Int => value is int or long || (value is Tensor { Dim: 0, RequiresGrad: false } tensor && !tensor.Dtype.IsFloatingPoint()),
        ArgumentKind.Float => IsNumber(value) || value is Tensor { Dim: 0, RequiresGrad: false },
        ArgumentKind.Bool => value is bool,
        ArgumentKind.String => value is string,
        ArgumentKind.Dtype => value is Dtype,
        ArgumentKind.Layout => value is Layout,
        ArgumentKind.Device => value is Device or string or int or long,
        ArgumentKind.MemoryFormat => value is MemoryFormat,
        ArgumentKind.Generator => value is Generator,
        _ => false,
    };

    private static Argument ConvertElement(ArgumentKind kind, object value) => value switch
    {
        Tensor tensor when kind == ArgumentKind.Tensor => tensor,
        Tensor tensor when kind == ArgumentKind.Int => tensor.Item<long>(),
        Tensor tensor when kind == ArgumentKind.Float => tensor.Item<double>(),
        Tensor tensor => tensor.Dtype == Dtype.Bool ? tensor.Item<bool>() : tensor.Dtype.IsFloatingPoint() ? tensor.Item<double>() : tensor.Item<long>(),
        _ when kind == ArgumentKind.Tensor => Tensor.FromNumber(value),
        bool flag when kind == ArgumentKind.Float => flag ? 1.0 : 0.0,
        bool flag => flag,
        string text when kind == ArgumentKind.Device => Device.TryParse(text, out Device device)
            ? device
            : throw new TorchException(TorchErrorKind.RuntimeError, $"Invalid device string: '{text}'"),
        string text => text,
        int or long when kind == ArgumentKind.Device => Device.Cuda((int)ToLong(value)),
        int or long when kind == ArgumentKind.Float => (double)ToLong(value),
        int or long => ToLong(value),
        float or double => ToDouble(value),
        Dtype dtype => dtype,
        Layout layout => layout,
        MemoryFormat format => format,
        Device device => device,
        Generator generator => generator,
        _ => throw new InvalidOperationException($"a {value.GetType()} does not fit {kind}"),
    };

    private static bool IsNumber(object value) => value is bool or int or long or float or double;

    private static long ToLong(object value) => value is Tensor tensor ? tensor.Item<long>() : value switch { int number => number, bool flag => flag ? 1 : 0, _ => (long)value };

    private static double ToDouble(object value) => value switch
    {
        Tensor tensor => tensor.Item<double>(),
        float single => single,
        double number => number,
        bool flag => flag ? 1 : 0,
        _ => ToLong(value),
    };
}
