namespace NnGpt.Experiments.Profiles;

/// <summary>Decoding; the same in all cycles.</summary>
/// <param name="Temperature">Divides the logits.</param>
/// <param name="TopK">Tokens kept; 0: all.</param>
/// <param name="TopP">Probability mass kept; 1: all.</param>
/// <param name="MaxNewTokens">Longest completion.</param>
/// <param name="SyntaxGuided">Refuse tokens that no Python module could go on with, and abandon networks that cannot meet the contract any more.</param>
public sealed record SamplingProfile(double Temperature, int TopK, double TopP, int MaxNewTokens, bool SyntaxGuided);
