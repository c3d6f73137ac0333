using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Fills the built-in classes with their methods.</summary>
internal static class BuiltinClasses
{
    public static void Populate()
    {
        ObjectMethods.Define();
    }
}
