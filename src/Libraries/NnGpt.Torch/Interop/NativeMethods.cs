using System.Runtime.InteropServices;

namespace NnGpt.Torch.Interop;

/// <summary>The exports of libnngpt_torch.so. Functions that return an int status go through <see cref="Check"/>.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLoader.LibraryName;

    static NativeMethods()
    {
        NativeLoader.Register();
        nngpt_initialize();
        nngpt_count_memory();
        nngpt_install_kernels();
    }

    /// <summary>Turns a status into the exception that the native side reported.</summary>
    public static void Check(int status)
    {
        if (status != 0)
        {
            throw new TorchException((TorchErrorKind)status, LastError());
        }
    }

    public static string LastError() => Marshal.PtrToStringUTF8((nint)nngpt_last_error()) ?? string.Empty;

    /// <summary>Text that the native side allocated for the caller.</summary>
    public static string TakeString(byte* text)
    {
        try
        {
            return Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;
        }
        finally
        {
            nngpt_free_buffer(text);
        }
    }

    [LibraryImport(Library)] private static partial void nngpt_initialize();
    [LibraryImport(Library)] private static partial void nngpt_count_memory();
    [LibraryImport(Library)] private static partial void nngpt_install_kernels();
    [LibraryImport(Library)] private static partial byte* nngpt_last_error();
    [LibraryImport(Library)] public static partial void nngpt_free_buffer(void* buffer);

    [LibraryImport(Library)] public static partial byte* nngpt_operator_names();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint nngpt_operator_find(string name, string overload);
    [LibraryImport(Library)] public static partial byte* nngpt_operator_schema(nint op);
    [LibraryImport(Library)] public static partial int nngpt_operator_call(nint op, NativeValue* arguments, int n, NativeValue* results, int capacity, int* count);

    [LibraryImport(Library)] public static partial void nngpt_tensor_free(nint tensor);
    [LibraryImport(Library)] public static partial void nngpt_tensor_free_many(nint* tensors, int n);
    [LibraryImport(Library)] public static partial nint nngpt_tensor_share(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_from_data(void* data, long bytes, long* sizes, int dim, int dtype, nint* result);
    [LibraryImport(Library)] public static partial int nngpt_tensor_from_number(NativeValue* number, nint* result);
    [LibraryImport(Library)] public static partial void* nngpt_tensor_data(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_dim(nint tensor);
    [LibraryImport(Library)] public static partial long nngpt_tensor_numel(nint tensor);
    [LibraryImport(Library)] public static partial void nngpt_tensor_sizes(nint tensor, long* sizes);
    [LibraryImport(Library)] public static partial int nngpt_tensor_strides(nint tensor, long* strides);
    [LibraryImport(Library)] public static partial int nngpt_tensor_dtype(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_layout(nint tensor);
    [LibraryImport(Library)] public static partial long nngpt_tensor_device(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_is_contiguous(nint tensor, int memoryFormat);
    [LibraryImport(Library)] public static partial nint nngpt_tensor_storage(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] public static partial int nngpt_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_register_hook(nint tensor, delegate* unmanaged<long, nint, nint> hook, long id);
    [LibraryImport(Library)] public static partial nint nngpt_tensor_grad(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] public static partial int nngpt_tensor_try_drop_grad(nint tensor);
    [LibraryImport(Library)] public static partial byte* nngpt_tensor_grad_fn(nint tensor);
    [LibraryImport(Library)] public static partial int nngpt_tensor_variable_data(nint tensor, nint* result);
    [LibraryImport(Library)] public static partial int nngpt_tensor_set_data(nint tensor, nint data);
    [LibraryImport(Library)] public static partial int nngpt_tensor_version(nint tensor, long* result);
    [LibraryImport(Library)] public static partial int nngpt_backward(nint* tensors, int n, nint* gradients, int gradientCount, int retainGraph, int createGraph);
    [LibraryImport(Library)] public static partial int nngpt_grad(nint* outputs, int n, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* result);

    [LibraryImport(Library)] public static partial long nngpt_memory_in_use();
    [LibraryImport(Library)] public static partial long nngpt_set_memory_limit(long bytes);
    [LibraryImport(Library)] public static partial void nngpt_fence_memory(int where);

    [LibraryImport(Library)] public static partial byte* nngpt_torch_version();
    [LibraryImport(Library)] public static partial int nngpt_cuda_device_count();
    [LibraryImport(Library)] public static partial byte* nngpt_cpu_capability();
    [LibraryImport(Library)] public static partial void nngpt_tune_malloc();
    [LibraryImport(Library)] public static partial void nngpt_trim_malloc();
    [LibraryImport(Library)] public static partial void nngpt_set_num_threads(int n);
    [LibraryImport(Library)] public static partial int nngpt_get_num_threads();
    [LibraryImport(Library)] public static partial int nngpt_grad_mode();
    [LibraryImport(Library)] public static partial void nngpt_set_grad_mode(int enabled);
    [LibraryImport(Library)] public static partial nint nngpt_inference_enter();
    [LibraryImport(Library)] public static partial void nngpt_inference_leave(nint guard);
    [LibraryImport(Library)] public static partial int nngpt_autocast_enter(int deviceType, int dtype, int cache);
    [LibraryImport(Library)] public static partial void nngpt_autocast_leave(int deviceType, int before);
    [LibraryImport(Library)] public static partial int nngpt_set_fast_kernels(int value);
    [LibraryImport(Library)] public static partial int nngpt_manual_seed(ulong seed);
    [LibraryImport(Library)] public static partial ulong nngpt_initial_seed();
    [LibraryImport(Library)] public static partial nint nngpt_generator_create(ulong seed);
    [LibraryImport(Library)] public static partial nint nngpt_generator_default();
    [LibraryImport(Library)] public static partial void nngpt_generator_free(nint generator);
    [LibraryImport(Library)] public static partial int nngpt_generator_seed(nint generator, ulong seed);
    [LibraryImport(Library)] public static partial int nngpt_generator_state(nint generator, nint* result);
    [LibraryImport(Library)] public static partial int nngpt_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] public static partial int nngpt_adamw(nint* parameters, nint* gradients, nint* firsts, nint* seconds, float* decays, int n, long step, double lr, double beta1, double beta2, double eps, double gradientScale);
    [LibraryImport(Library)] public static partial int nngpt_adamw_8bit(nint* parameters, nint* gradients, nint* firsts, nint* firstScales, nint* seconds, nint* secondScales, float* decays, int n, long block, long step, double lr, double beta1, double beta2, double eps, double gradientScale, int plain);
    [LibraryImport(Library)] public static partial int nngpt_try_sgd(nint parameter, nint gradient, nint buffer, double lr, double momentum, double dampening, double weightDecay, int nesterov);
    [LibraryImport(Library)] public static partial int nngpt_try_adam(nint parameter, nint gradient, nint first, nint second, long step, double lr, double beta1, double beta2, double eps, double weightDecay, int decoupled);
    [LibraryImport(Library)] public static partial int nngpt_try_squares(nint tensor, double* result);
    [LibraryImport(Library)] public static partial void nngpt_dynamic_codes(int isSigned, float* values);
}
