using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>A source of random numbers on the CPU, apart from the process-wide one (torch.Generator).</summary>
public sealed unsafe class Generator : IDisposable
{
    private nint _handle;

    /// <summary>A generator that yields the numbers of torch.Generator().manual_seed(seed).</summary>
    public Generator(ulong seed) => _handle = NativeMethods.nngpt_generator_create(seed);

    private Generator(nint handle) => _handle = handle;

    /// <summary>The process-wide generator that torch.manual_seed seeds.</summary>
    public static Generator Default { get; } = new(NativeMethods.nngpt_generator_default());

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

    /// <summary>Starts the sequence of a seed.</summary>
    public void ManualSeed(ulong seed) => NativeMethods.Check(NativeMethods.nngpt_generator_seed(Handle, seed));

    /// <summary>The state, as a uint8 tensor.</summary>
    public Tensor GetState()
    {
        nint state;
        NativeMethods.Check(NativeMethods.nngpt_generator_state(Handle, &state));
        return Tensor.Own(state);
    }

    /// <summary>Goes back to a state of <see cref="GetState"/>.</summary>
    public void SetState(Tensor state)
    {
        NativeMethods.Check(NativeMethods.nngpt_generator_set_state(Handle, state.Handle));
        GC.KeepAlive(state);
    }

    /// <summary>Frees the native generator.</summary>
    public void Dispose()
    {
        if (_handle != 0 && !ReferenceEquals(this, Default))
        {
            NativeMethods.nngpt_generator_free(_handle);
            _handle = 0;
        }
    }
}
