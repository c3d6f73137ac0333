using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>Threads that one operator may use. One is the safe choice when several processes share the cores.</summary>
public static class TorchThreads
{
    /// <summary>torch.get_num_threads / torch.set_num_threads; belongs to the calling thread.</summary>
    public static int Count
    {
        get => NativeMethods.nngpt_get_num_threads();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            NativeMethods.nngpt_set_num_threads(value);
        }
    }
}
