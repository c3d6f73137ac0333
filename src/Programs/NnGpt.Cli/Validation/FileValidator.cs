using System.Runtime.CompilerServices;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Validation;

/// <summary>Has a pool judge files, several at once; the verdicts come in the order of the files.</summary>
internal sealed class FileValidator(WorkerPool pool)
{
    private const long MaxBytes = 4 * 1024 * 1024;
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
        if (new FileInfo(path).Length > MaxBytes)
        {
            return Rejected(RejectionReason.Syntax, $"the file is larger than {MaxBytes} bytes");
        }

        string source = await File.ReadAllTextAsync(path, cancellationToken);
        if (string.IsNullOrWhiteSpace(source))
        {
            return Rejected(RejectionReason.Empty, "the file is empty");
        }

        var request = template.Clone();
        request.Source = source;
        var deadline = TimeSpan.FromSeconds(template.Limits.ValidationSeconds) + s_grace;
        var response = await pool.RunAsync(new WorkerRequest { Validate = request }, deadline, cancellationToken);
        return response.Validation;
    }

    private static ValidationOutcome Rejected(RejectionReason reason, string message) =>
        new() { Reason = reason, Error = new CodeError { Message = message } };
}
