namespace NnGpt.Experiments.Profiles;

/// <summary>Why a profile cannot be used.</summary>
/// <param name="Path">The setting, e.g. "sampling.temperature"; empty when the text as a whole is no profile.</param>
/// <param name="Line">Line of the text, from 1; 0 when unknown.</param>
/// <param name="Message">One sentence with the value found and the range allowed.</param>
public sealed record ProfileProblem(string Path, int Line, string Message)
{
    /// <summary>"line 12: sampling.temperature is 9; it must be a number in 0.01..5".</summary>
    public override string ToString() => Line > 0 ? $"line {Line}: {Message}" : Message;
}
