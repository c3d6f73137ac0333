using System.Globalization;

namespace NnGpt.Torch;

/// <summary>A device: "cpu", "cuda", "cuda:1", "meta".</summary>
/// <param name="Type">The kind.</param>
/// <param name="Index">The ordinal, or -1 for the current one.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    /// <summary>The processor.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>A CUDA device.</summary>
    public static Device Cuda(int index = 0) => new(DeviceType.Cuda, index);

    internal long Packed => ((long)Type << 16) | (uint)((Index + 1) & 0xffff);

    internal static Device FromPacked(long packed) => new((DeviceType)(packed >> 16), (int)(packed & 0xffff) - 1);

    /// <summary>Reads PyTorch's spelling; false when it is none.</summary>
    public static bool TryParse(string? text, out Device device)
    {
        device = default;
        string[] parts = text?.Split(':') ?? [];
        int index = -1;
        if (parts.Length is < 1 or > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index) || index > 127)))
        {
            return false;
        }
        DeviceType? type = parts[0] switch
        {
            "cpu" => DeviceType.Cpu,
            "cuda" => DeviceType.Cuda,
            "meta" => DeviceType.Meta,
            _ => null,
        };
        device = new Device(type ?? DeviceType.Cpu, index);
        return type is not null;
    }

    /// <summary>PyTorch's spelling.</summary>
    public override string ToString()
    {
        string name = Type switch { DeviceType.Cpu => "cpu", DeviceType.Cuda => "cuda", DeviceType.Meta => "meta", _ => Type.ToString() };
        return Index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{Index}");
    }
}
