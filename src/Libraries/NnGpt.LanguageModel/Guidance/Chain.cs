namespace NnGpt.LanguageModel.Guidance;

/// <summary>A stack whose parts are shared.</summary>
internal sealed class Chain<T>(T value, Chain<T>? rest)
{
    public T Value { get; } = value;

    public Chain<T>? Rest { get; } = rest;

    public int Count { get; } = (rest?.Count ?? 0) + 1;
}
