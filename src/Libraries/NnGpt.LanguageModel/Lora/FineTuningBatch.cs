namespace NnGpt.LanguageModel.Lora;

/// <summary>Examples of similar length side by side, padded at the end, where causal attention cannot see the padding.</summary>
/// <param name="Rows">Number of examples.</param>
/// <param name="Length">Tokens of a row.</param>
/// <param name="Inputs">(rows, length), row by row.</param>
/// <param name="TargetPositions">Positions in the flattened inputs whose next token is learnt.</param>
/// <param name="Targets">Those next tokens.</param>
/// <param name="TokenCount">Tokens that are no padding.</param>
internal sealed record FineTuningBatch(int Rows, int Length, long[] Inputs, long[] TargetPositions, long[] Targets, int TokenCount)
{
    public int TargetCount => Targets.Length;

    public static FineTuningBatch Create(IReadOnlyList<FineTuningExample> examples, int maxLength, bool maskPrompt)
    {
        int[][] sequences = [.. examples.Select(example => example.Prompt.Concat(example.Completion).Take(maxLength).ToArray())];
        // The last token of a sequence is only ever a target.
        int length = Math.Max(1, sequences.Max(static sequence => sequence.Length) - 1);
        var inputs = new long[sequences.Length * length];
        List<long> positions = [];
        List<long> targets = [];
        for (int row = 0; row < sequences.Length; row++)
        {
            int[] sequence = sequences[row];
            int firstTarget = maskPrompt ? Math.Max(1, examples[row].Prompt.Count) : 1;
            for (int i = 0; i + 1 < sequence.Length; i++)
            {
                inputs[(row * length) + i] = sequence[i];
                if (i + 1 >= firstTarget)
                {
                    positions.Add((row * length) + i);
                    targets.Add(sequence[i + 1]);
                }
            }
        }
        return new FineTuningBatch(sequences.Length, length, inputs, [.. positions], [.. targets], sequences.Sum(static sequence => sequence.Length));
    }
}
