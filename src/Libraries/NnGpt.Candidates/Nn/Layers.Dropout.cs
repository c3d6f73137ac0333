using NnGpt.Candidates.Functional;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    private static void DefineDropout()
    {
        var parent = Layer("_DropoutNd", "dropout", "p=0.5, inplace=False", (m, a) =>
        {
            if (Py.Truth(Py.Compare(CompareOperator.Less, a[1], 0.0)) || Py.Truth(Py.Compare(CompareOperator.Greater, a[1], 1.0)))
                throw PyErrors.ValueError($"dropout probability has to be between 0 and 1, but got {Py.Str(a[1])}");
        }, "input", null, m => $"p={Show(m, "p")}, inplace={Show(m, "inplace")}");
        foreach (var (name, kind) in ((string, string)[])
            [("Dropout", "dropout"), ("Dropout1d", "dropout1d"), ("Dropout2d", "dropout2d"), ("Dropout3d", "dropout3d"), ("AlphaDropout", "alpha_dropout"), ("FeatureAlphaDropout", "feature_alpha_dropout")])
        {
            Layer(name, "dropout", "", null, "input",
                (m, a) => Dropouts.Apply(kind, Input(a[1], kind), m.Double("p"), m.Training, m.Bool("inplace")), parent: parent);
        }
    }
}
