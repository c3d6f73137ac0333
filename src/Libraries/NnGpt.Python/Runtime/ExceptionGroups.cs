namespace NnGpt.Python.Runtime;

/// <summary>Making and splitting exception groups (PEP 654).</summary>
internal static class ExceptionGroups
{
    public static bool IsGroup(PyExceptionObject exception) => exception.Class.IsSubclassOf(PyErrors.BaseExceptionGroupClass);

    public static PyExceptionObject Make(string message, IReadOnlyList<PyExceptionObject> exceptions)
    {
        var cls = exceptions.All(e => e.Class.IsSubclassOf(PyErrors.ExceptionClass)) ? PyErrors.ExceptionGroupClass : PyErrors.BaseExceptionGroupClass;
        return new PyExceptionObject(cls, message, new PyList(exceptions));
    }

    public static IReadOnlyList<PyExceptionObject> Members(PyExceptionObject group) =>
        group.Arguments.Count == 2 && group.Arguments[1] is PyList or PyTuple
            ? [.. Py.ToList(group.Arguments[1]).OfType<PyExceptionObject>()]
            : [];

    /// <summary>The part of a group whose exceptions match, and the part whose exceptions do not; null for an empty part.</summary>
    public static (PyExceptionObject? Matched, PyExceptionObject? Other) Split(PyExceptionObject exception, Func<PyExceptionObject, bool> matches)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (matches(exception))
            return (exception, null);
        if (!IsGroup(exception))
            return (null, exception);
        var matched = new List<PyExceptionObject>();
        var rest = new List<PyExceptionObject>();
        foreach (var member in Members(exception))
        {
            RunState.CurrentOrNull?.Step();
            var (yes, no) = Split(member, matches);
            if (yes is not null)
                matched.Add(yes);
            if (no is not null)
                rest.Add(no);
        }

        return (Derive(exception, matched), Derive(exception, rest));
    }

    public static PyExceptionObject? Derive(PyExceptionObject group, List<PyExceptionObject> members)
    {
        if (members.Count == 0)
            return null;
        var made = Py.CallMethod(group, "derive", new PyList(members)) as PyExceptionObject
            ?? throw PyErrors.TypeError("derive must return an instance of BaseExceptionGroup");
        made.Cause = group.Cause;
        made.Context = group.Context;
        return made;
    }

    public static void RejectGroupTypes(object types)
    {
        foreach (var type in types is PyTuple tuple ? tuple.Items : [types])
        {
            if (type is PyClass cls && cls.IsSubclassOf(PyErrors.BaseExceptionGroupClass))
                throw PyErrors.TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.");
        }
    }
}
