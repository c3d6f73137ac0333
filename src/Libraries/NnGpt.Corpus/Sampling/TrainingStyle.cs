namespace NnGpt.Corpus.Sampling;

/// <summary>
/// The bodies of train_setup and learn. There are few fixed wordings on purpose: a small model that meets many names
/// for the criterion, the optimiser and the batch mixes them up and its networks fail with a NameError.
/// </summary>
internal sealed record TrainingStyle(IReadOnlyList<string> Setup, IReadOnlyList<string> Learn)
{
    public static TrainingStyle Draw(RandomSource random)
    {
        string optimizer = random.Weighted(
            ("SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])", 56),
            ("SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'], nesterov=True)", 6),
            ("SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'], weight_decay=5e-4)", 10),
            ("SGD(self.parameters(), lr=prm['lr'])", 12),
            ("SGD(self.parameters(), lr=prm['lr'] * 0.1, momentum=prm['momentum'])", 6),
            ("AdamW(self.parameters(), lr=prm['lr'] * 0.1)", 5),
            ("Adam(self.parameters(), lr=prm['lr'])", 5));
        string criterion = random.Weighted(
            ("nn.CrossEntropyLoss()", 88), ("nn.CrossEntropyLoss(label_smoothing=0.1)", 12));
        List<string> learn =
        [
            "self.train()",
            "for inputs, labels in train_data:",
            "    inputs, labels = inputs.to(self.device), labels.to(self.device)",
            "    self.optimizer.zero_grad()",
            "    loss = self.criterion(self(inputs), labels)",
            "    loss.backward()",
        ];
        if (random.Chance(0.3))
        {
            learn.Add("    nn.utils.clip_grad_norm_(self.parameters(), 1.0)");
        }

        learn.Add("    self.optimizer.step()");
        return new TrainingStyle(
            ["self.to(self.device)", $"self.criterion = {criterion}", $"self.optimizer = torch.optim.{optimizer}"],
            learn);
    }
}
