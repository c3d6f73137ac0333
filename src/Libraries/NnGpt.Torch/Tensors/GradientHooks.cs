using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>Functions that see, and may replace, the gradient of a tensor while backward computes it.</summary>
public static unsafe class GradientHooks
{
    private static readonly ConcurrentDictionary<long, Func<Tensor, Tensor?>> s_hooks = new();
    private static long s_last;

    [ThreadStatic]
    private static ExceptionDispatchInfo? t_failure;

    /// <summary>Hooks that are registered.</summary>
    public static int Count => s_hooks.Count;

    /// <summary>Registers a hook on a tensor that requires a gradient.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="hook">Gets the gradient, which it owns, and gives another one, which it hands over, or null to keep it. An exception ends backward and leaves it.</param>
    /// <returns>The number that <see cref="Remove"/> takes.</returns>
    /// <exception cref="TorchException">RuntimeError: the tensor requires no gradient.</exception>
    public static long Register(Tensor tensor, Func<Tensor, Tensor?> hook)
    {
        long id = Interlocked.Increment(ref s_last);
        s_hooks[id] = hook;
        int status = NativeMethods.nngpt_tensor_register_hook(tensor.Handle, &Run, id);
        GC.KeepAlive(tensor);
        if (status != 0)
        {
            Remove(id);
        }
        NativeMethods.Check(status);
        return id;
    }

    /// <summary>The hook runs no more; one that is gone already is no error.</summary>
    public static void Remove(long id) => s_hooks.TryRemove(id, out _);

    /// <summary>Throws what a hook of this thread's last backward threw.</summary>
    internal static void Rethrow()
    {
        var failure = t_failure;
        t_failure = null;
        failure?.Throw();
    }

    [UnmanagedCallersOnly]
    private static nint Run(long id, nint handle)
    {
        if (handle == 0 || !s_hooks.TryGetValue(id, out var hook))
        {
            if (handle != 0)
            {
                Tensor.Own(handle).Dispose();
            }
            return 0;
        }
        try
        {
            return hook(Tensor.Own(handle)) is { } changed ? changed.Release() : 0;
        }
        catch (Exception failure)
        {
            t_failure = ExceptionDispatchInfo.Capture(failure);
            return handle;
        }
    }
}
