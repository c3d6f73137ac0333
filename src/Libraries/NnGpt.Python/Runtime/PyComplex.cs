using System.Numerics;

namespace NnGpt.Python.Runtime;

/// <summary>A Python <c>complex</c> value.</summary>
public sealed class PyComplex : PyObject
{
    /// <summary>Creates a complex number.</summary>
    public PyComplex(Complex value) : base(PyTypes.Complex) => Value = value;

    /// <summary>The number.</summary>
    public Complex Value { get; }
}
