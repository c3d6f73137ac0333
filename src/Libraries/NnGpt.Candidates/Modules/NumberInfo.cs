using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.finfo and torch.iinfo.</summary>
internal static class NumberInfo
{
    private static readonly PyClass s_float = new("finfo", "torch") { IsAbstractNative = true };
    private static readonly PyClass s_integer = new("iinfo", "torch") { IsAbstractNative = true };

    public static object Float(Dtype dtype)
    {
        var (max, eps, tiny, bits) = dtype switch
        {
            Dtype.Float64 => (double.MaxValue, Math.Pow(2, -52), 2.2250738585072014e-308, 64),
            Dtype.Float16 => (65504.0, Math.Pow(2, -10), 6.103515625e-05, 16),
            Dtype.BFloat16 => (3.3895313892515355e+38, Math.Pow(2, -7), 1.1754943508222875e-38, 16),
            Dtype.Float32 => (3.4028234663852886e+38, Math.Pow(2, -23), 1.1754943508222875e-38, 32),
            _ => throw PyErrors.TypeError("torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.iinfo'"),
        };
        var info = new PyInstance(s_float);
        info.SetAttribute("max", max);
        info.SetAttribute("min", -max);
        info.SetAttribute("eps", eps);
        info.SetAttribute("tiny", tiny);
        info.SetAttribute("smallest_normal", tiny);
        info.SetAttribute("resolution", Math.Pow(10, Math.Floor(Math.Log10(eps)) + 1));
        info.SetAttribute("bits", Py.Int(bits));
        info.SetAttribute("dtype", dtype.PythonName());
        return info;
    }

    public static object Integer(Dtype dtype)
    {
        var (min, max) = dtype switch
        {
            Dtype.UInt8 => (0L, 255L),
            Dtype.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            Dtype.Int16 => (short.MinValue, short.MaxValue),
            Dtype.Int32 => (int.MinValue, int.MaxValue),
            Dtype.Int64 => (long.MinValue, long.MaxValue),
            _ => throw PyErrors.TypeError("torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.finfo'"),
        };
        var info = new PyInstance(s_integer);
        info.SetAttribute("min", Py.Int(min));
        info.SetAttribute("max", Py.Int(max));
        info.SetAttribute("bits", Py.Int(dtype.ElementSize() * 8));
        info.SetAttribute("dtype", dtype.PythonName());
        return info;
    }
}
