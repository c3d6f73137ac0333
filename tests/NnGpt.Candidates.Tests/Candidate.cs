namespace NnGpt.Candidates.Tests;

/// <summary>Candidates whose parts a test chooses.</summary>
internal static class Candidate
{
    public const string Learn = """
                for x, y in train_data:
                    self.optimizer.zero_grad()
                    loss = self.criterion(self(x), y)
                    loss.backward()
                    self.optimizer.step()
        """;

    public static string With(string init = "self.fc = nn.Linear(192, 10)", string forward = "return self.fc(x.flatten(1))", string? learn = null) => $"""
        import torch
        import torch.nn as nn

        def supported_hyperparameters():
            return {"{'lr', 'momentum'}"}

        class Net(nn.Module):
            def __init__(self, in_shape, out_shape, prm, device):
                super().__init__()
                {Indent(init)}

            def forward(self, x):
                {Indent(forward)}

            def train_setup(self, prm):
                self.criterion = nn.CrossEntropyLoss()
                self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

            def learn(self, train_data):
        {learn ?? Learn}
        """;

    private static string Indent(string text) => text.Replace("\n", "\n        ", StringComparison.Ordinal);
}
