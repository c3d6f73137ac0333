using System.Runtime.CompilerServices;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>What an operator makes of <c>enum.auto()</c>: a number once those of its operands are known.</summary>
internal sealed class AutoOperation(PyClass cls, BinaryOperator op, object left, object right) : PyInstance(cls)
{
    private object? _value;

    public object Evaluate()
    {
        if (_value is null)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            _value = Py.Binary(op, ValueOf(left), ValueOf(right));
        }

        return _value;
    }

    private static object ValueOf(object operand) => operand switch
    {
        AutoOperation operation => operation.Evaluate(),
        PyObject made when Py.IsInstance(made, EnumModule.Auto) => made.GetAttribute("value") ?? operand,
        _ => operand,
    };
}
