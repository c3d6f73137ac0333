using System.Runtime.CompilerServices;
using NnGpt.Curation.Reading;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Validation;

/// <summary>Has a pool judge files, several at once; the verdicts come in the order of the files.</summary>
internal sealed class FileValidator(WorkerPool pool)
{
    private const int MaxCharacters = SourceFile.MaxLength / 4;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<(string Path, ValidationOutcome Outcome)> ValidateAsync(
        IReadOnlyList<string> files,
        ValidateRequest template,
        int parallel,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<(string Path, Task<ValidationOutcome> Outcome)> running = new();
        int next = 0;
        while (next < files.Count || running.Count > 0)
        {
            while (next < files.Count && running.Count < 2 * parallel)
            {
                string path = files[next++];
                running.Enqueue((path, ValidateAsync(path, template, cancellationToken)));
            }

            var (first, outcome) = running.Dequeue();
            yield return (first, await outcome);
        }
    }

    private async Task<ValidationOutcome> ValidateAsync(string path, ValidateRequest template, CancellationToken cancellationToken)
    {
        try
        {
            return await ValidateAsync(await SourceFile.ReadAsync(path, cancellationToken), template, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Rejected(RejectionReason.Value, "OSError", failure.Message);
        }
        catch (TimeoutException failure)
        {
            return Rejected(RejectionReason.Time, "TimeoutError", failure.Message);
        }
    }

    /// <summary>Has the pool judge what a file holds.</summary>
    public async Task<ValidationOutcome> ValidateAsync(byte[] bytes, ValidateRequest template, CancellationToken cancellationToken)
    {
        if (bytes.Length > SourceFile.MaxLength)
        {
            return TooLong();
        }

        if (SourceText.Decode(bytes) is not { } source)
        {
            return Rejected(RejectionReason.Syntax, "SyntaxError", "the file is not UTF-8");
        }

        if (source.Length > MaxCharacters)
        {
            return TooLong();
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            return Rejected(RejectionReason.Empty, "SyntaxError", "the file is empty");
        }

        var request = template.Clone();
        request.Source = source;
        var deadline = TimeSpan.FromSeconds(template.Limits.ValidationSeconds) + s_grace;
        var response = await pool.RunAsync(new WorkerRequest { Validate = request }, deadline, cancellationToken);
        return response.Validation;
    }

    private static ValidationOutcome TooLong() =>
        Rejected(RejectionReason.Syntax, "SyntaxError", $"the file is longer than {MaxCharacters} characters");

    private static ValidationOutcome Rejected(RejectionReason reason, string type, string message) =>
        new() { Reason = reason, Error = new CodeError { Type = type, Message = message } };
}
