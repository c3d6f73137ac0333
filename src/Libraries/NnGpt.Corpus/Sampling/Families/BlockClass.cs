using System.Text;

namespace NnGpt.Corpus.Sampling.Families;

/// <summary>The text of a block: an nn.Module class that Net is built of.</summary>
internal static class BlockClass
{
    public static string Write(string name, string parameters, IEnumerable<string> init, IEnumerable<string> forward)
    {
        StringBuilder text = new();
        text.Append("class ").Append(name).Append("(nn.Module):\n    def __init__(self, ").Append(parameters).Append("):\n");
        Append(text, "super().__init__()");
        foreach (string line in init)
        {
            Append(text, line);
        }

        text.Append("\n    def forward(self, x):\n");
        foreach (string line in forward)
        {
            Append(text, line);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            text.Append("        ").Append(line).Append('\n');
        }
    }
}
