namespace NnGpt.Python.Builtins;

/// <summary>Fills the built-in classes with their methods.</summary>
internal static class BuiltinClasses
{
    public static void Populate()
    {
        ObjectMethods.Define();
        DescriptorMethods.Define();
        NumberMethods.Define();
        ComplexMethods.Define();
        BytesMethods.Define();
        TextMethods.Define();
        ListMethods.Define();
        TupleMethods.Define();
        DictMethods.Define();
        SetMethods.Define();
        IteratorMethods.Define();
        ExceptionMethods.Define();
    }
}
