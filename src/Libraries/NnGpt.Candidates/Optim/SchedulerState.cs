using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Optim;

/// <summary>What a scheduler computes its rates from.</summary>
internal readonly record struct SchedulerState(PyInstance Self)
{
    public long Epoch => Py.ToLong(Value("last_epoch"));

    public PyDict[] Groups => [.. OptimizerClass.Groups((PyObject)Value("optimizer"))];

    public double[] Rates => [.. Groups.Select(group => Py.ToDouble(group.GetOrNull("lr")!))];

    public double[] BaseRates => [.. Py.ToList(Value("base_lrs")).Select(Py.ToDouble)];

    public object Value(string name) => Py.GetAttr(Self, name);

    public double Number(string name) => Py.ToDouble(Value(name));

    public long Long(string name) => Py.ToLong(Value(name));
}
