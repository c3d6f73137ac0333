namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary><c>function(*arguments)</c>.</summary>
    public static object Call(object function, params object[] arguments) => Call(function, arguments, null);

    /// <summary><c>function(*arguments, **keywords)</c>.</summary>
    public static object Call(object function, object[] arguments, Keyword[]? keywords)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (keywords is { Length: 0 })
            keywords = null;
        switch (function)
        {
            case PyCallable callable:
                return callable.Call(arguments, keywords);
            case PyClass cls:
                return ClassCalls.Call(cls, arguments, keywords);
        }

        if (TypeOf(function).Lookup("__call__") is not { } call)
            throw PyErrors.TypeError($"'{TypeName(function)}' object is not callable");
        var all = new object[arguments.Length + 1];
        all[0] = function;
        arguments.CopyTo(all, 1);
        return call is PyFunction or NativeFunction
            ? Call(call, all, keywords)
            : Call(BindDescriptor(call, function, TypeOf(function)), arguments, keywords);
    }

    /// <summary><c>function(*arguments, **keywords)</c> with the keywords of a dict.</summary>
    public static object CallWith(object function, object[] arguments, PyDict keywords) =>
        Call(function, arguments, KeywordsOf(keywords));

    /// <summary><c>value.name(*arguments)</c>.</summary>
    public static object CallMethod(object value, string name, params object[] arguments)
    {
        if (!FindMethod(value, name, PyHash.OfString(name), out var function))
            return Call(function, arguments, null);
        var all = new object[arguments.Length + 1];
        all[0] = value;
        arguments.CopyTo(all, 1);
        return Call(function, all, null);
    }

    /// <summary><c>callable(value)</c>.</summary>
    public static bool IsCallable(object value) =>
        value is PyCallable or PyClass || TypeOf(value).Lookup("__call__") is not null;

    /// <summary>The entries of a dict as keyword arguments.</summary>
    public static Keyword[] KeywordsOf(PyDict dict)
    {
        var keywords = new List<Keyword>(dict.Count);
        foreach (var (key, value) in dict.Entries)
            keywords.Add(new Keyword(TryText(key, out var name) ? name : throw PyErrors.TypeError("keywords must be strings"), value));
        return [.. keywords];
    }

    /// <summary>
    /// Runs a body inside a Python context manager: <c>with manager as value: body(value)</c>. An exception that
    /// <c>__exit__</c> swallows gives default.
    /// </summary>
    public static T? With<T>(object manager, Func<object, T> body)
    {
        var type = TypeOf(manager);
        var enter = type.Lookup("__enter__") ?? throw NotContextManager(type);
        var exit = type.Lookup("__exit__") ?? throw NotContextManager(type);
        var value = Call(BindDescriptor(enter, manager, type));
        var result = default(T);
        PyException? raised = null;
        try
        {
            result = body(value);
        }
        catch (Exception thrown) when (ExceptionTranslation.ToPython(thrown) is not null)
        {
            raised = ExceptionTranslation.ToPython(thrown);
        }

        if (raised is null)
        {
            Call(BindDescriptor(exit, manager, type), PyNone.Value, PyNone.Value, PyNone.Value);
            return result;
        }

        return Truth(Call(BindDescriptor(exit, manager, type), raised.Instance.Class, raised.Instance, PyNone.Value))
            ? default
            : throw raised;
    }

    /// <summary><c>copy.deepcopy(value, memo)</c>; the memo is the dict that <c>__deepcopy__</c> receives.</summary>
    public static object DeepCopy(object value, PyDict memo) => Modules.CopyModule.Deep(value, memo);

    internal static PyException NotContextManager(PyClass type) =>
        PyErrors.TypeError($"'{type.Name}' object does not support the context manager protocol");
}
