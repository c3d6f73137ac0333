using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>torch.inference_mode on its thread until it is disposed: no autograd, no version counting.</summary>
public sealed class InferenceMode : IDisposable
{
    private nint _guard = NativeMethods.nngpt_inference_enter();

    /// <summary>Leaves the mode; inner guards first.</summary>
    public void Dispose()
    {
        if (_guard != 0)
        {
            NativeMethods.nngpt_inference_leave(_guard);
            _guard = 0;
        }
    }
}
