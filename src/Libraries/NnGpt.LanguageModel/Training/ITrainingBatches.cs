namespace NnGpt.LanguageModel.Training;

/// <summary>What a pretraining run learns from. A step's batch does not depend on those before it, so a run can be resumed.</summary>
public interface ITrainingBatches
{
    /// <summary>Length of the longest sequence.</summary>
    int MaximumLength { get; }

    /// <summary>The largest id that occurs.</summary>
    int LargestToken { get; }

    /// <summary>The batch of a step, counted from 0.</summary>
    TrainingBatch At(int step);
}
