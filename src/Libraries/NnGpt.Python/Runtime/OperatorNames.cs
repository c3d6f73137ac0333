namespace NnGpt.Python.Runtime;

/// <summary>The symbol and the special methods of each operator, indexed by its enum value.</summary>
internal static class OperatorNames
{
    public static readonly string[] Symbols = ["+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^"];
    private static readonly string[] s_stems =
        ["add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor"];

    public static readonly string[] Forward = [.. s_stems.Select(s => $"__{s}__")];
    public static readonly string[] Reflected = [.. s_stems.Select(s => $"__r{s}__")];
    public static readonly string[] InPlace = [.. s_stems.Select(s => $"__i{s}__")];
    public static readonly string[] CompareSymbols = ["==", "!=", "<", "<=", ">", ">="];
    public static readonly string[] Compare = ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"];

    public static CompareOperator Swap(CompareOperator op) => op switch
    {
        CompareOperator.Less => CompareOperator.Greater,
        CompareOperator.LessOrEqual => CompareOperator.GreaterOrEqual,
        CompareOperator.Greater => CompareOperator.Less,
        CompareOperator.GreaterOrEqual => CompareOperator.LessOrEqual,
        _ => op,
    };
}
