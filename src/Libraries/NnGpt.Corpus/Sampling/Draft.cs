using System.Text;

namespace NnGpt.Corpus.Sampling;

/// <summary>The parts of a module while a family writes it: helpers, the body of __init__, the body of forward.</summary>
internal sealed class Draft
{
    private readonly List<string> _helpers = [];
    private readonly List<string> _init = [];
    private readonly List<string> _forward = [];

    public void Helper(string text) => _helpers.Add(text.Trim('\n').Replace("\r", "", StringComparison.Ordinal));

    public void Init(params ReadOnlySpan<string> lines) => AddLines(_init, lines);

    public void Forward(params ReadOnlySpan<string> lines) => AddLines(_forward, lines);

    /// <summary>The whole module: imports that are used, hyperparameters, helpers, Net with its contract.</summary>
    public string Assemble(TrainingStyle training)
    {
        StringBuilder body = new();
        body.Append("def supported_hyperparameters():\n    return {'lr', 'momentum'}\n\n\n");
        foreach (string helper in _helpers)
        {
            body.Append(helper).Append("\n\n\n");
        }

        body.Append("class Net(nn.Module):\n");
        body.Append("    def __init__(self, in_shape, out_shape, prm, device):\n");
        AppendBody(body, ["super().__init__()", "self.device = device", .. _init]);
        body.Append("\n    def forward(self, x):\n");
        AppendBody(body, _forward);
        body.Append("\n    def train_setup(self, prm):\n");
        AppendBody(body, training.Setup);
        body.Append("\n    def learn(self, train_data):\n");
        AppendBody(body, training.Learn);

        string text = body.ToString();
        StringBuilder module = new("import torch\nimport torch.nn as nn\n");
        if (text.Contains("F.", StringComparison.Ordinal))
        {
            module.Append("import torch.nn.functional as F\n");
        }

        return module.Append("\n\n").Append(text).ToString();
    }

    private static void AddLines(List<string> lines, ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            lines.AddRange(text.Split('\n'));
        }
    }

    private static void AppendBody(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append("        ").Append(line).Append('\n');
        }
    }
}
