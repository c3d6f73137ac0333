namespace NnGpt.Torch;

/// <summary>Order of the dimensions in memory; the numbers are c10::MemoryFormat's.</summary>
public enum MemoryFormat
{
    /// <summary>torch.contiguous_format.</summary>
    Contiguous = 0,
    /// <summary>torch.preserve_format.</summary>
    Preserve = 1,
    /// <summary>torch.channels_last (NHWC): the fast one for convolutions.</summary>
    ChannelsLast = 2,
    /// <summary>torch.channels_last_3d.</summary>
    ChannelsLast3d = 3,
}
