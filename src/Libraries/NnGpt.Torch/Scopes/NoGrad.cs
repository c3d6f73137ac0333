using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>Switches recording for autograd off (torch.no_grad) or on (torch.enable_grad) on its thread until it is disposed.</summary>
public readonly struct NoGrad : IDisposable
{
    private readonly bool _before;

    private NoGrad(bool enabled)
    {
        _before = NativeMethods.nngpt_grad_mode() != 0;
        NativeMethods.nngpt_set_grad_mode(enabled ? 1 : 0);
    }

    /// <summary>Whether operators record for autograd on the calling thread.</summary>
    public static bool IsGradEnabled
    {
        get => NativeMethods.nngpt_grad_mode() != 0;
        set => NativeMethods.nngpt_set_grad_mode(value ? 1 : 0);
    }

    /// <summary>torch.no_grad().</summary>
    public static NoGrad Enter() => new(enabled: false);

    /// <summary>torch.enable_grad().</summary>
    public static NoGrad EnableGrad() => new(enabled: true);

    /// <summary>Goes back to the mode before.</summary>
    public void Dispose() => NativeMethods.nngpt_set_grad_mode(_before ? 1 : 0);
}
