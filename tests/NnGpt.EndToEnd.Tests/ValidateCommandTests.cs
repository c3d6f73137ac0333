using System.Text.Json;
using NnGpt.EndToEnd.Tests.Running;

namespace NnGpt.EndToEnd.Tests;

/// <summary>`nngpt validate` on files that mean harm: each gets a verdict, and the next file is still judged.</summary>
public sealed class ValidateCommandTests
{
    private const string Contract =
        """


        class Net(nn.Module):
            def __init__(self, in_shape, out_shape, prm, device):
                super().__init__()
                self.device = device
                self.fc = nn.Linear(in_shape[1] * in_shape[2] * in_shape[3], out_shape[0])

            def forward(self, x):
                HARM
                return self.fc(x.flatten(1))

            def train_setup(self, prm):
                self.to(self.device)
                self.criterion = nn.CrossEntropyLoss()
                self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

            def learn(self, train_data):
                self.train()
                for inputs, labels in train_data:
                    self.optimizer.zero_grad()
                    loss = self.criterion(self(inputs), labels)
                    loss.backward()
                    self.optimizer.step()


        def supported_hyperparameters():
            return {'lr', 'momentum'}
        """;

    private static readonly (string Name, string Imports, string Statement)[] s_harm =
    [
        ("socket", "import torch, socket\nimport torch.nn as nn", "pass"),
        ("passwd", "import torch\nimport torch.nn as nn", "open('/etc/passwd').read()"),
        ("fork", "import torch\nimport torch.nn as nn\nimport os", "os.fork()"),
        ("endless", "import torch\nimport torch.nn as nn", "while True: pass"),
        ("allocation", "import torch\nimport torch.nn as nn", "torch.zeros(25_000_000_000)"),
        ("hundred_gigabytes_of_list", "import torch\nimport torch.nn as nn", "a = [0] * 100_000_000_000"),
        ("recursion", "import torch\nimport torch.nn as nn", "self.forward(x)"),
    ];

    [Fact]
    public async Task Validate_HostileFiles_EachHasItsVerdictAndTheNextFileIsJudged()
    {
        string directory = Directory.CreateTempSubdirectory("nngpt-validate-").FullName;
        int number = 0;
        foreach (var (name, imports, statement) in s_harm)
        {
            await WriteAsync(directory, $"{number++:00}_{name}", imports, statement);
            await WriteAsync(directory, $"{number++:00}_harmless", "import torch\nimport torch.nn as nn", "pass");
        }

        var result = await CommandResult.RunAsync(
            "dotnet",
            [Checkout.CommandLine, "validate", "--format", "jsonl", "--in-shape", "2,1,28,28", "--classes", "10", "--workers", "1", directory],
            directory,
            TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 1, result.Error);
        var verdicts = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(number, verdicts.Count);
        foreach (var verdict in verdicts)
        {
            bool harmless = verdict.GetProperty("path").GetString()!.Contains("harmless", StringComparison.Ordinal);
            Assert.Equal(harmless ? "valid" : "invalid", verdict.GetProperty("verdict").GetString());
            Assert.Equal(harmless, verdict.GetProperty("reason").ValueKind == JsonValueKind.Null);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Validate_FilesThatAreNoText_EachHasItsVerdict()
    {
        string directory = Directory.CreateTempSubdirectory("nngpt-validate-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(directory, "latin1.py"), [.. "x = '"u8, 0xE9, .. "'"u8], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "escape.py"), @"raise ValueError('\x1b[31m')", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(directory, "circle"), directory);
        Assert.Equal(0, (await CommandResult.RunAsync("mkfifo", [$"{directory}/pipe"], directory, TestContext.Current.CancellationToken)).ExitCode);

        var result = await CommandResult.RunAsync(
            "dotnet",
            [Checkout.CommandLine, "validate", "--workers", "1", $"{directory}/pipe", "/dev/zero", directory],
            directory,
            TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 1, result.Error);
        Assert.Equal(
            [
                $"invalid  {directory}/pipe  time: TimeoutError: the file cannot be read within 5 s",
                "invalid  /dev/zero  syntax: SyntaxError: the file is longer than 4194304 characters",
                $@"invalid  {directory}/escape.py  value: ValueError: \x1b[31m (line 1)",
                $"invalid  {directory}/latin1.py  syntax: SyntaxError: the file is not UTF-8",
            ],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Directory.Delete(directory, recursive: true);
    }

    private static async Task WriteAsync(string directory, string name, string imports, string statement) =>
        await File.WriteAllTextAsync(
            Path.Combine(directory, $"{name}.py"),
            imports + Contract.Replace("HARM", statement, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
}
