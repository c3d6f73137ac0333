using NnGpt.Candidates;

namespace NnGpt.Worker;

/// <summary>
/// One small network validated and trained before the first request: loads libraries and compiles what every
/// candidate needs, and finds out that the runtime works at all.
/// </summary>
internal static class WarmUp
{
    private const string Source = """
        import torch
        import torch.nn as nn
        import torch.nn.functional as F

        def supported_hyperparameters():
            return {'lr', 'momentum'}

        class Net(nn.Module):
            def __init__(self, in_shape, out_shape, prm, device):
                super().__init__()
                self.device = device
                self.features = nn.Sequential(nn.Conv2d(in_shape[1], 4, kernel_size=3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2))
                self.drop = nn.Dropout(0.1)
                self.classifier = nn.Linear(4, out_shape[0])

            def forward(self, x):
                x = self.features(x)
                x = torch.flatten(F.adaptive_avg_pool2d(x, 1), 1)
                return self.classifier(self.drop(x))

            def train_setup(self, prm):
                self.to(self.device)
                self.criteria = nn.CrossEntropyLoss().to(self.device)
                self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

            def learn(self, train_data):
                self.train()
                for inputs, labels in train_data:
                    inputs, labels = inputs.to(self.device), labels.to(self.device)
                    self.optimizer.zero_grad()
                    loss = self.criteria(self(inputs), labels)
                    loss.backward()
                    nn.utils.clip_grad_norm_(self.parameters(), 3)
                    self.optimizer.step()
        """;

    /// <summary>Null, or why the runtime does not work.</summary>
    public static string? Run()
    {
        try
        {
            var validation = CandidateValidator.Validate(Source, new ValidationRequest { InShape = [4, 1, 8, 8] }, new CandidateLimits(), CancellationToken.None);
            if (validation.Rejection is { } invalid)
            {
                return Describe("valid", invalid);
            }
            var batches = new BatchSource(2, _ => 4, Fill);
            var training = CandidateTrainer.Train(
                Source,
                new TrainingRequest
                {
                    InShape = [4, 1, 8, 8],
                    Classes = 10,
                    Prm = new Dictionary<string, double> { ["lr"] = 0.01, ["momentum"] = 0.9 },
                    Training = batches,
                    Evaluation = batches,
                },
                new CandidateLimits(),
                CancellationToken.None);
            return training.Rejection is { } untrained ? Describe("trained", untrained) : null;
        }
        catch (Exception error)
        {
            return $"The candidate runtime does not work: {error}";
        }
    }

    private static int Fill(int batch, Span<float> images, Span<long> labels)
    {
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = (i * 37 + batch) % 11 / 5f - 1;
        }
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 10;
        }
        return 4;
    }

    private static string Describe(string what, CandidateRejection rejection) =>
        $"The candidate runtime does not work: a plain network cannot be {what}: {rejection.ErrorType}: {rejection.Message} (line {rejection.Line}).";
}
