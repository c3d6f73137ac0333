namespace NnGpt.LanguageModel.Training;

/// <summary>The token ids of one training step.</summary>
/// <param name="Inputs">Ids, row by row: Rows x Length.</param>
/// <param name="Targets">The id after each input; -100 where none is to be learnt.</param>
/// <param name="Rows">Sequences.</param>
/// <param name="Length">Tokens of a sequence.</param>
public sealed record TrainingBatch(long[] Inputs, long[] Targets, int Rows, int Length);
