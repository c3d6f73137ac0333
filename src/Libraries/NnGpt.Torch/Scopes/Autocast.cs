using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>torch.autocast on its thread until it is disposed: matrix products and convolutions run in a shorter format.</summary>
public sealed class Autocast : IDisposable
{
    private readonly int _device;
    private readonly int _before;
    private bool _disposed;

    /// <summary>Enters autocast.</summary>
    /// <param name="device">The device whose operators are cast.</param>
    /// <param name="dtype">bfloat16, or float16 on CUDA.</param>
    /// <param name="cacheWeights">Keep the cast weights for the whole block. Only right when the block does not change them:
    /// with optimiser steps inside the block the stale copies would be used and nothing would be learnt.</param>
    public Autocast(DeviceType device = DeviceType.Cpu, Dtype dtype = Dtype.BFloat16, bool cacheWeights = false)
    {
        _device = (int)device;
        _before = NativeMethods.nngpt_autocast_enter(_device, (int)dtype, cacheWeights ? 1 : 0);
    }

    /// <summary>Goes back to the state before and drops cached weights.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMethods.nngpt_autocast_leave(_device, _before);
        }
    }
}
