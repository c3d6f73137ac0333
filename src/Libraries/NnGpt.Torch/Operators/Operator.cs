using System.Runtime.InteropServices;
using System.Text;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>One overload of an operator, ready to be called. Lives as long as the process; get it from <see cref="Operators"/>.</summary>
public sealed unsafe class Operator
{
    private const int MaximumResults = 16;
    private const int ScratchBytes = 1024;

    private readonly nint _handle;

    internal Operator(nint handle)
    {
        _handle = handle;
        Schema = OperatorSchema.Parse(Marshal.PtrToStringUTF8((nint)NativeMethods.nngpt_operator_schema(handle))!);
    }

    /// <summary>Names, types and defaults of the arguments.</summary>
    public OperatorSchema Schema { get; }

    /// <summary>Calls an operator that returns one tensor. Arguments in the schema's order; those left out take their defaults.</summary>
    /// <exception cref="TorchException">The operator refused.</exception>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        Invoke(arguments, results);
        var tensor = Tensor.Own(results[0].Pointer);
        OperatorObserver.Current?.OnCall(this, arguments, [tensor]);
        return tensor;
    }

    /// <summary>Calls an operator whose first result is a list of tensors, or which returns several tensors.</summary>
    /// <exception cref="TorchException">The operator refused.</exception>
    public Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        int count = Invoke(arguments, results);
        Tensor[] tensors;
        if (count == 1 && results[0].Tag == NativeTag.Tensors)
        {
            tensors = TakeTensors(results[0]);
        }
        else
        {
            tensors = new Tensor[count];
            for (int i = 0; i < count; i++)
            {
                tensors[i] = results[i].Pointer == 0 ? null! : Tensor.Own(results[i].Pointer);
            }
        }
        OperatorObserver.Current?.OnCall(this, arguments, tensors);
        return tensors;
    }

    /// <summary>Calls an operator in place: its result is the tensor that it was given and is not wanted again.</summary>
    /// <exception cref="TorchException">The operator refused.</exception>
    public void CallInPlace(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        int count = Invoke(arguments, results);
        for (int i = 0; i < count; i++)
        {
            if (results[i].Tag == NativeTag.Tensor)
            {
                NativeMethods.nngpt_tensor_free(results[i].Pointer);
            }
            else if (results[i].Tag == NativeTag.Tensors)
            {
                NativeMethods.nngpt_tensor_free_many((nint*)results[i].Pointer, results[i].Count);
                NativeMethods.nngpt_free_buffer((void*)results[i].Pointer);
            }
        }
        OperatorObserver.Current?.OnCall(this, arguments, []);
    }

    /// <summary>
    /// Calls any operator: null, Tensor, Tensor[], long, double, bool, string or long[]; an object?[] when there are several
    /// results; a result that is one of the arguments (in-place and out overloads) is that same <see cref="Tensor"/> object.
    /// </summary>
    /// <exception cref="TorchException">The operator refused.</exception>
    public object? CallAny(params ReadOnlySpan<Argument> arguments)
    {
        object? result = Converted(arguments);
        OperatorObserver.Current?.OnAnyCall(this, arguments, result);
        return result;
    }

    private object? Converted(ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        int count = Invoke(arguments, results);
        if (count == 1)
        {
            return Convert(results[0], arguments);
        }
        var values = new object?[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Convert(results[i], arguments);
        }
        return count == 0 ? null : values;
    }

    private int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results)
    {
        int n = arguments.Length;
        NativeValue* values = stackalloc NativeValue[n];
        byte* scratch = stackalloc byte[ScratchBytes];
        int used = 0;
        List<nint>? spilled = null;
        try
        {
            for (int i = 0; i < n; i++)
            {
                ref readonly Argument argument = ref arguments[i];
                values[i] = argument.Value;
                switch (argument.Value.Tag)
                {
                    case NativeTag.Ints:
                        Copy<long>((long[])argument.Owner!, scratch, ref used, ref spilled, ref values[i]);
                        break;
                    case NativeTag.Doubles:
                        Copy<double>((double[])argument.Owner!, scratch, ref used, ref spilled, ref values[i]);
                        break;
                    case NativeTag.Bools:
                        Copy<bool>((bool[])argument.Owner!, scratch, ref used, ref spilled, ref values[i]);
                        break;
                    case NativeTag.String:
                        Copy<byte>(Encoding.UTF8.GetBytes((string)argument.Owner!), scratch, ref used, ref spilled, ref values[i]);
                        break;
                    case NativeTag.Tensors:
                        Copy<nint>(Handles((Tensor?[])argument.Owner!), scratch, ref used, ref spilled, ref values[i]);
                        break;
                    default:
                        break;
                }
            }
            int count;
            int status = NativeMethods.nngpt_operator_call(_handle, values, n, results, MaximumResults, &count);
            if (status != 0)
            {
                throw new TorchException((TorchErrorKind)status, NativeMethods.LastError());
            }
            return count;
        }
        finally
        {
            // What the arguments refer to must outlive the call.
            foreach (ref readonly Argument argument in arguments)
            {
                GC.KeepAlive(argument.Owner);
            }
            if (spilled is not null)
            {
                foreach (nint pointer in spilled)
                {
                    NativeMemory.Free((void*)pointer);
                }
            }
        }
    }

    // Lists go to the stack, long ones to native memory: nothing needs to be pinned.
    private static void Copy<T>(ReadOnlySpan<T> items, byte* scratch, ref int used, ref List<nint>? spilled, ref NativeValue value) where T : unmanaged
    {
        int bytes = items.Length * sizeof(T);
        int aligned = (bytes + 7) & ~7;
        byte* target;
        if (used + aligned <= ScratchBytes)
        {
            target = scratch + used;
            used += aligned;
        }
        else
        {
            target = (byte*)NativeMemory.Alloc((nuint)bytes);
            (spilled ??= []).Add((nint)target);
        }
        items.CopyTo(new Span<T>(target, items.Length));
        value.Count = items.Length;
        value.Pointer = (nint)target;
    }

    private static nint[] Handles(Tensor?[] tensors)
    {
        var handles = new nint[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i]?.Handle ?? 0;
        }
        return handles;
    }

    private static Tensor[] TakeTensors(in NativeValue value)
    {
        var tensors = new Tensor[value.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = Tensor.Own(((nint*)value.Pointer)[i]);
        }
        NativeMethods.nngpt_free_buffer((void*)value.Pointer);
        return tensors;
    }

    private static object? Convert(in NativeValue value, ReadOnlySpan<Argument> arguments)
    {
        switch (value.Tag)
        {
            case NativeTag.Tensor:
                foreach (ref readonly Argument argument in arguments)
                {
                    if (argument.Value.Tag == NativeTag.Tensor && argument.Value.Pointer == value.Pointer)
                    {
                        NativeMethods.nngpt_tensor_free(value.Pointer);
                        return argument.Owner;
                    }
                }
                return Tensor.Own(value.Pointer);
            case NativeTag.Int:
                return value.Int;
            case NativeTag.Double:
                return value.Double;
            case NativeTag.Bool:
                return value.Int != 0;
            case NativeTag.Tensors:
                return TakeTensors(value);
            case NativeTag.Ints:
                long[] ints = new Span<long>((void*)value.Pointer, value.Count).ToArray();
                NativeMethods.nngpt_free_buffer((void*)value.Pointer);
                return ints;
            case NativeTag.String:
                string text = Encoding.UTF8.GetString((byte*)value.Pointer, value.Count);
                NativeMethods.nngpt_free_buffer((void*)value.Pointer);
                return text;
            default:
                return null;
        }
    }
}
