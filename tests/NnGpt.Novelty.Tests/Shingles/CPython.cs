using System.Diagnostics;
using System.Text.Json;

namespace NnGpt.Novelty.Tests.Shingles;

/// <summary>What Debian's python3 says of sources, many at once.</summary>
internal static class CPython
{
    private const string Program = "/usr/bin/python3";

    private const string Script = """
        import sys, tokenize, io, json
        skip = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
        def tokens(source):
            found = []
            try:
                for t in tokenize.generate_tokens(io.StringIO(source).readline):
                    if t.type not in skip:
                        found.append(t.string)
            except (tokenize.TokenError, IndentationError):
                pass
            return found
        json.dump([tokens(s) for s in json.load(sys.stdin)], sys.stdout)
        """;

    /// <summary>Why there is none to ask, or null: from 3.12 on, tokenize is another one.</summary>
    public static string? Unavailable =>
        Directory.Exists("/usr/lib/python3.11") && File.Exists(Program) ? null : "Debian's python 3.11 is not installed";

    /// <summary>Files of its own library, for sources of every kind.</summary>
    public static IReadOnlyList<string> Library(int count) =>
        [.. Directory.GetFiles("/usr/lib/python3.11", "*.py").Order(StringComparer.Ordinal).Where(p => new FileInfo(p).Length < 60_000).Take(count).Select(File.ReadAllText)];

    public static async Task<string[][]> TokenizeAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, sources, cancellationToken: cancellationToken);
        process.StandardInput.Close();
        string text = await output;
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
        return JsonSerializer.Deserialize<string[][]>(text)!;
    }
}
