namespace NnGpt.Python.Runtime;

/// <summary>Python's binary operators.</summary>
public enum BinaryOperator
{
    /// <summary>+</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>@</summary>
    MatrixMultiply,

    /// <summary>/</summary>
    Divide,

    /// <summary>//</summary>
    FloorDivide,

    /// <summary>%</summary>
    Modulo,

    /// <summary>**</summary>
    Power,

    /// <summary>&lt;&lt;</summary>
    LeftShift,

    /// <summary>&gt;&gt;</summary>
    RightShift,

    /// <summary>&amp;</summary>
    And,

    /// <summary>|</summary>
    Or,

    /// <summary>^</summary>
    Xor,
}
