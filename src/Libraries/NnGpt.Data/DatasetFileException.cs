namespace NnGpt.Data;

/// <summary>Carries a failure from a file reader to <see cref="DatasetCatalog.Load"/>, which turns it into a value.</summary>
internal sealed class DatasetFileException(DatasetFailureReason reason, string path, string problem) : Exception(problem)
{
    public DatasetFailureReason Reason { get; } = reason;

    public string Path { get; } = path;
}
