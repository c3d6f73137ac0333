using System.Text.Json;
using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;
using NnGpt.Torch.Optim;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Training;

/// <summary>The state of a pretraining run in a folder: weights (a Hugging Face model), moments of the optimiser, the step.</summary>
internal static class PretrainingCheckpoint
{
    private const string MomentsFile = "optimizer.safetensors";
    private const string StateFile = "training_state.json";

    private sealed record State(int Step, long Tokens, ulong Seed);

    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, StateFile));

    public static void Save(string directory, LlamaWeights weights, AdamW optimizer, IReadOnlyList<string> names, int step, long tokens, ulong seed)
    {
        // The state is written last: a checkpoint cut short is no checkpoint of the new step.
        weights.Save(directory);
        SafetensorsWriter.Write(Path.Combine(directory, MomentsFile), names.SelectMany((name, i) => new[]
        {
            KeyValuePair.Create("first." + name, optimizer.FirstMoments[i]),
            KeyValuePair.Create("second." + name, optimizer.SecondMoments[i]),
        }));
        string path = Path.Combine(directory, StateFile);
        File.WriteAllText(path + ".writing", JsonSerializer.Serialize(new State(step, tokens, seed), ModelJson.Indented));
        File.Move(path + ".writing", path, overwrite: true);
    }

    /// <summary>Puts the saved state into weights and optimiser.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is of another model or seed.</exception>
    public static (int Step, long Tokens) Restore(string directory, LlamaWeights weights, AdamW optimizer, IReadOnlyList<string> names, ulong seed)
    {
        State state = JsonSerializer.Deserialize<State>(File.ReadAllText(Path.Combine(directory, StateFile)))
            ?? throw new InvalidDataException($"{directory}: empty {StateFile}");
        if (state.Seed != seed)
        {
            throw new InvalidDataException($"{directory}: the checkpoint has seed {state.Seed}, the run {seed}");
        }
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        using LlamaWeights saved = LlamaWeights.Load(directory, Dtype.Float32);
        using SafetensorsFile moments = SafetensorsFile.Open(Path.Combine(directory, MomentsFile));
        for (int i = 0; i < names.Count; i++)
        {
            weights[names[i]].CopyInPlace(saved[names[i]]);
            optimizer.FirstMoments[i].CopyInPlace(moments.Read("first." + names[i]));
            optimizer.SecondMoments[i].CopyInPlace(moments.Read("second." + names[i]));
        }
        optimizer.StepCount = state.Step;
        return (state.Step, state.Tokens);
    }
}
