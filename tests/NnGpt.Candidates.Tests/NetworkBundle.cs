using System.Text.RegularExpressions;

namespace NnGpt.Candidates.Tests;

/// <summary>
/// A text file with many networks: what stands before the first "#: name" line begins each of them, and a line "TRAIN"
/// stands for the usual train_setup and learn.
/// </summary>
internal static partial class NetworkBundle
{
    private const string Training = """

            def train_setup(self, prm):
                self.to('cpu')
                self.criteria = (nn.CrossEntropyLoss(),)
                self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

            def learn(self, train_data):
                self.train()
                for inputs, labels in train_data:
                    inputs, labels = inputs.to('cpu'), labels.to('cpu')
                    self.optimizer.zero_grad()
                    outputs = self(inputs)
                    loss = self.criteria[0](outputs, labels)
                    loss.backward()
                    nn.utils.clip_grad_norm_(self.parameters(), 3)
                    self.optimizer.step()
        """;

    /// <summary>Writes each network of a bundle into a folder and gives the files.</summary>
    public static IReadOnlyList<string> Unpack(string bundle, string folder)
    {
        var parts = Heading().Split(File.ReadAllText(bundle));
        var files = new List<string>();
        for (var i = 1; i < parts.Length; i += 2)
        {
            var path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(bundle)}_{parts[i]}.py");
            File.WriteAllText(path, parts[0] + Train().Replace(parts[i + 1], Training.TrimEnd()));
            files.Add(path);
        }

        return files;
    }

    [GeneratedRegex(@"^#: (\w+)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^TRAIN$", RegexOptions.Multiline)]
    private static partial Regex Train();
}
