namespace NnGpt.FineTuner.Tuning;

/// <summary>The command cannot be carried out, now or later: the reason is for the experiment's user.</summary>
internal sealed class TrainingSetException(string message) : Exception(message);
