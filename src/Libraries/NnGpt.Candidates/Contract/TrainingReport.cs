namespace NnGpt.Candidates;

/// <summary>What training found; on a rejection the fields known until then are filled.</summary>
public sealed record TrainingReport
{
    /// <summary>Null when the candidate was trained to the end and evaluated.</summary>
    public CandidateRejection? Rejection { get; init; }

    /// <summary>Whether the candidate has an accuracy.</summary>
    public bool Scored => Rejection is null;

    /// <summary>Top-1 accuracy, 0..1.</summary>
    public double Accuracy { get; init; }

    /// <summary>Images it was measured on.</summary>
    public long Images { get; init; }

    /// <summary>Value of every tensor on which backward() was called.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>Seconds of instantiation, train_setup and learn.</summary>
    public double TrainSeconds { get; init; }

    /// <summary>Seconds of the evaluation.</summary>
    public double EvaluateSeconds { get; init; }

    /// <summary>Number of parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>Multiply-accumulates of one forward pass of one image.</summary>
    public long Macs { get; init; }
}
