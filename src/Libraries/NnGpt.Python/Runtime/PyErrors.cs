namespace NnGpt.Python.Runtime;

/// <summary>The built-in exception classes, and exceptions of them ready to throw from native code.</summary>
public static class PyErrors
{
    private static readonly List<PyClass> s_classes = [PyTypes.BaseException];

    /// <summary><c>Exception</c>.</summary>
    public static readonly PyClass ExceptionClass = Make("Exception", PyTypes.BaseException);

    /// <summary><c>SystemExit</c>.</summary>
    public static readonly PyClass SystemExitClass = Make("SystemExit", PyTypes.BaseException);

    /// <summary><c>KeyboardInterrupt</c>.</summary>
    public static readonly PyClass KeyboardInterruptClass = Make("KeyboardInterrupt", PyTypes.BaseException);

    /// <summary><c>GeneratorExit</c>.</summary>
    public static readonly PyClass GeneratorExitClass = Make("GeneratorExit", PyTypes.BaseException);

    /// <summary><c>StopIteration</c>.</summary>
    public static readonly PyClass StopIterationClass = Make("StopIteration", ExceptionClass);

    /// <summary><c>StopAsyncIteration</c>.</summary>
    public static readonly PyClass StopAsyncIterationClass = Make("StopAsyncIteration", ExceptionClass);

    /// <summary><c>ArithmeticError</c>.</summary>
    public static readonly PyClass ArithmeticErrorClass = Make("ArithmeticError", ExceptionClass);

    /// <summary><c>FloatingPointError</c>.</summary>
    public static readonly PyClass FloatingPointErrorClass = Make("FloatingPointError", ArithmeticErrorClass);

    /// <summary><c>OverflowError</c>.</summary>
    public static readonly PyClass OverflowErrorClass = Make("OverflowError", ArithmeticErrorClass);

    /// <summary><c>ZeroDivisionError</c>.</summary>
    public static readonly PyClass ZeroDivisionErrorClass = Make("ZeroDivisionError", ArithmeticErrorClass);

    /// <summary><c>AssertionError</c>.</summary>
    public static readonly PyClass AssertionErrorClass = Make("AssertionError", ExceptionClass);

    /// <summary><c>AttributeError</c>.</summary>
    public static readonly PyClass AttributeErrorClass = Make("AttributeError", ExceptionClass);

    /// <summary><c>BufferError</c>.</summary>
    public static readonly PyClass BufferErrorClass = Make("BufferError", ExceptionClass);

    /// <summary><c>EOFError</c>.</summary>
    public static readonly PyClass EOFErrorClass = Make("EOFError", ExceptionClass);

    /// <summary><c>ImportError</c>.</summary>
    public static readonly PyClass ImportErrorClass = Make("ImportError", ExceptionClass);

    /// <summary><c>ModuleNotFoundError</c>.</summary>
    public static readonly PyClass ModuleNotFoundErrorClass = Make("ModuleNotFoundError", ImportErrorClass);

    /// <summary><c>LookupError</c>.</summary>
    public static readonly PyClass LookupErrorClass = Make("LookupError", ExceptionClass);

    /// <summary><c>IndexError</c>.</summary>
    public static readonly PyClass IndexErrorClass = Make("IndexError", LookupErrorClass);

    /// <summary><c>KeyError</c>.</summary>
    public static readonly PyClass KeyErrorClass = Make("KeyError", LookupErrorClass);

    /// <summary><c>MemoryError</c>.</summary>
    public static readonly PyClass MemoryErrorClass = Make("MemoryError", ExceptionClass);

    /// <summary><c>NameError</c>.</summary>
    public static readonly PyClass NameErrorClass = Make("NameError", ExceptionClass);

    /// <summary><c>UnboundLocalError</c>.</summary>
    public static readonly PyClass UnboundLocalErrorClass = Make("UnboundLocalError", NameErrorClass);

    /// <summary><c>OSError</c>.</summary>
    public static readonly PyClass OSErrorClass = Make("OSError", ExceptionClass);

    /// <summary><c>FileNotFoundError</c>.</summary>
    public static readonly PyClass FileNotFoundErrorClass = Make("FileNotFoundError", OSErrorClass);

    /// <summary><c>PermissionError</c>.</summary>
    public static readonly PyClass PermissionErrorClass = Make("PermissionError", OSErrorClass);

    /// <summary><c>TimeoutError</c>.</summary>
    public static readonly PyClass TimeoutErrorClass = Make("TimeoutError", OSErrorClass);

    /// <summary><c>ReferenceError</c>.</summary>
    public static readonly PyClass ReferenceErrorClass = Make("ReferenceError", ExceptionClass);

    /// <summary><c>RuntimeError</c>.</summary>
    public static readonly PyClass RuntimeErrorClass = Make("RuntimeError", ExceptionClass);

    /// <summary><c>NotImplementedError</c>.</summary>
    public static readonly PyClass NotImplementedErrorClass = Make("NotImplementedError", RuntimeErrorClass);

    /// <summary><c>RecursionError</c>.</summary>
    public static readonly PyClass RecursionErrorClass = Make("RecursionError", RuntimeErrorClass);

    /// <summary><c>SyntaxError</c>.</summary>
    public static readonly PyClass SyntaxErrorClass = Make("SyntaxError", ExceptionClass);

    /// <summary><c>IndentationError</c>.</summary>
    public static readonly PyClass IndentationErrorClass = Make("IndentationError", SyntaxErrorClass);

    /// <summary><c>TabError</c>.</summary>
    public static readonly PyClass TabErrorClass = Make("TabError", IndentationErrorClass);

    /// <summary><c>SystemError</c>.</summary>
    public static readonly PyClass SystemErrorClass = Make("SystemError", ExceptionClass);

    /// <summary><c>TypeError</c>.</summary>
    public static readonly PyClass TypeErrorClass = Make("TypeError", ExceptionClass);

    /// <summary><c>ValueError</c>.</summary>
    public static readonly PyClass ValueErrorClass = Make("ValueError", ExceptionClass);

    /// <summary><c>UnicodeError</c>.</summary>
    public static readonly PyClass UnicodeErrorClass = Make("UnicodeError", ValueErrorClass);

    /// <summary><c>UnicodeEncodeError</c>.</summary>
    public static readonly PyClass UnicodeEncodeErrorClass = Make("UnicodeEncodeError", UnicodeErrorClass);

    /// <summary><c>UnicodeDecodeError</c>.</summary>
    public static readonly PyClass UnicodeDecodeErrorClass = Make("UnicodeDecodeError", UnicodeErrorClass);

    /// <summary><c>BaseExceptionGroup</c>.</summary>
    public static readonly PyClass BaseExceptionGroupClass = Make("BaseExceptionGroup", PyTypes.BaseException);

    /// <summary><c>ExceptionGroup</c>.</summary>
    public static readonly PyClass ExceptionGroupClass = Make("ExceptionGroup", BaseExceptionGroupClass, ExceptionClass);

    /// <summary><c>Warning</c>.</summary>
    public static readonly PyClass WarningClass = Make("Warning", ExceptionClass);

    /// <summary><c>UserWarning</c>.</summary>
    public static readonly PyClass UserWarningClass = Make("UserWarning", WarningClass);

    /// <summary><c>DeprecationWarning</c>.</summary>
    public static readonly PyClass DeprecationWarningClass = Make("DeprecationWarning", WarningClass);

    /// <summary><c>PendingDeprecationWarning</c>.</summary>
    public static readonly PyClass PendingDeprecationWarningClass = Make("PendingDeprecationWarning", WarningClass);

    /// <summary><c>RuntimeWarning</c>.</summary>
    public static readonly PyClass RuntimeWarningClass = Make("RuntimeWarning", WarningClass);

    /// <summary><c>FutureWarning</c>.</summary>
    public static readonly PyClass FutureWarningClass = Make("FutureWarning", WarningClass);

    /// <summary><c>SyntaxWarning</c>.</summary>
    public static readonly PyClass SyntaxWarningClass = Make("SyntaxWarning", WarningClass);

    /// <summary><c>ImportWarning</c>.</summary>
    public static readonly PyClass ImportWarningClass = Make("ImportWarning", WarningClass);

    /// <summary><c>UnicodeWarning</c>.</summary>
    public static readonly PyClass UnicodeWarningClass = Make("UnicodeWarning", WarningClass);

    /// <summary><c>ResourceWarning</c>.</summary>
    public static readonly PyClass ResourceWarningClass = Make("ResourceWarning", WarningClass);

    /// <summary>Every built-in exception class.</summary>
    public static IReadOnlyList<PyClass> Classes => s_classes;

    /// <summary>A <c>TypeError</c> with a message.</summary>
    public static PyException TypeError(string message) => New(TypeErrorClass, message);

    /// <summary>A <c>ValueError</c> with a message.</summary>
    public static PyException ValueError(string message) => New(ValueErrorClass, message);

    /// <summary>A <c>RuntimeError</c> with a message.</summary>
    public static PyException RuntimeError(string message) => New(RuntimeErrorClass, message);

    /// <summary>A <c>IndexError</c> with a message.</summary>
    public static PyException IndexError(string message) => New(IndexErrorClass, message);

    /// <summary>A <c>ZeroDivisionError</c> with a message.</summary>
    public static PyException ZeroDivisionError(string message) => New(ZeroDivisionErrorClass, message);

    /// <summary>A <c>OverflowError</c> with a message.</summary>
    public static PyException OverflowError(string message) => New(OverflowErrorClass, message);

    /// <summary>A <c>MemoryError</c> with a message.</summary>
    public static PyException MemoryError(string message) => New(MemoryErrorClass, message);

    /// <summary>A <c>ImportError</c> with a message.</summary>
    public static PyException ImportError(string message) => New(ImportErrorClass, message);

    /// <summary>A <c>NameError</c> with a message.</summary>
    public static PyException NameError(string message) => New(NameErrorClass, message);

    /// <summary>A <c>NotImplementedError</c> with a message.</summary>
    public static PyException NotImplementedError(string message) => New(NotImplementedErrorClass, message);

    /// <summary>A <c>AssertionError</c> with a message.</summary>
    public static PyException AssertionError(string message) => New(AssertionErrorClass, message);

    /// <summary>A <c>RecursionError</c> with a message.</summary>
    public static PyException RecursionError(string message) => New(RecursionErrorClass, message);

    /// <summary>A <c>KeyError</c> of a key.</summary>
    public static PyException KeyError(object key) => New(KeyErrorClass, key);

    /// <summary>An <c>AttributeError</c> with a message.</summary>
    public static PyException AttributeError(string message) => New(AttributeErrorClass, message);

    /// <summary>The AttributeError of a missing attribute, worded as CPython does.</summary>
    public static PyException NoAttribute(object value, string name) => AttributeError(value switch
    {
        PyClass cls => $"type object '{cls.Name}' has no attribute '{name}'",
        PyModule module => $"module '{module.Name}' has no attribute '{name}'",
        _ => $"'{Py.TypeName(value)}' object has no attribute '{name}'",
    });

    /// <summary>An exception of any class, built-in or native; no Python <c>__init__</c> runs.</summary>
    public static PyException New(PyClass cls, params object[] arguments) => new(new PyExceptionObject(cls, arguments));

    /// <summary>Makes an exception class for native code, such as torch.cuda.OutOfMemoryError.</summary>
    public static PyClass Subclass(string name, string module, params PyClass[] bases) => new(name, module, bases);

    private static PyClass Make(string name, params PyClass[] parents)
    {
        var cls = new PyClass(name, "builtins", parents);
        if (name == "BaseExceptionGroup")
            Builtins.ExceptionGroupMethods.Define(cls);
        s_classes.Add(cls);
        return cls;
    }
}
