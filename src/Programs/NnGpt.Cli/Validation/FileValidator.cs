using System.Runtime.CompilerServices;
using System.Text;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Validation;

/// <summary>Has a pool judge files, several at once; the verdicts come in the order of the files.</summary>
internal sealed class FileValidator(WorkerPool pool)
{
    private const int MaxLength = 4 * 1024 * 1024;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_reading = TimeSpan.FromSeconds(5);
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
        string source;
        try
        {
            // A pipe that nobody writes to cannot even be opened, and tells nobody; so it is waited for elsewhere.
            source = await Task.Run(() => Read(path), cancellationToken).WaitAsync(s_reading, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Rejected(RejectionReason.Value, "OSError", failure.Message);
        }
        catch (TimeoutException)
        {
            return Rejected(RejectionReason.Time, "TimeoutError", $"the file cannot be read within {s_reading.TotalSeconds:0} s");
        }
        catch (DecoderFallbackException)
        {
            return Rejected(RejectionReason.Syntax, "SyntaxError", "the file is not UTF-8");
        }

        if (source.Length > MaxLength)
        {
            return Rejected(RejectionReason.Syntax, "SyntaxError", $"the file is longer than {MaxLength} characters");
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

    // One character more than may be shows that there is more; a file such as /dev/zero has no end.
    private static string Read(string path)
    {
        using var file = new StreamReader(path, s_strictUtf8, detectEncodingFromByteOrderMarks: false);
        char[] text = new char[MaxLength + 1];
        int length = file.ReadBlock(text);
        return new string(text, 0, length).TrimStart('\uFEFF');
    }

    private static ValidationOutcome Rejected(RejectionReason reason, string type, string message) =>
        new() { Reason = reason, Error = new CodeError { Type = type, Message = message } };
}
