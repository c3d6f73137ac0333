using System.CommandLine;
using System.Text;
using System.Text.Json;
using NnGpt.Cli.Rendering;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model tokenize`: texts from standard input to token ids.</summary>
internal static class TokenizeCommand
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private enum LineFormat
    {
        Jsonl,
        Text,
    }

    public static Command Create()
    {
        var tokenizer = new Option<string>("--tokenizer") { Description = "tokenizer.json, or the folder that holds it", Required = true };
        var format = new Option<LineFormat>("--format")
        {
            Description = "jsonl: lines {\"text\"} to lines {\"ids\"}; text: plain lines to ids with spaces between",
            DefaultValueFactory = _ => LineFormat.Jsonl,
        };
        var special = new Option<bool>("--special") { Description = "Add the tokenizer's special tokens (begin of sequence, ...)" };
        tokenizer.RequireText();
        var command = new Command("tokenize", "Read texts from standard input, a line each, and print their token ids.") { tokenizer, format, special };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(Tokenizer.Load(parsed.GetRequiredValue(tokenizer)), parsed.GetValue(format), parsed.GetValue(special), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Tokenizer tokenizer, LineFormat format, bool special, CancellationToken cancellationToken)
    {
        using StreamReader input = new(Console.OpenStandardInput(), s_strict);
        await using StreamWriter output = new(Console.OpenStandardOutput());
        for (int number = 1; await ReadLineAsync(input, number, cancellationToken) is { } line; number++)
        {
            if (format == LineFormat.Text)
            {
                await output.WriteLineAsync(string.Join(' ', tokenizer.Encode(line, special)));
            }
            else if (line.Length > 0)
            {
                await output.WriteLineAsync(Json.Line(new { ids = tokenizer.Encode(Text(line, number), special) }));
            }
        }
        return ExitCode.Success;
    }

    // Replacement characters would be ids of another text than the one that was given.
    private static async Task<string?> ReadLineAsync(StreamReader input, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await input.ReadLineAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException($"standard input is no UTF-8 text, in line {number} or one of the next", ExitCode.Failed);
        }
    }

    private static string Text(string line, int number)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
            {
                return text.GetString()!;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the second: a half surrogate
        {
            throw new CommandFailedException($"line {number} of standard input is no JSON: {error.Message}", ExitCode.Failed);
        }
        throw new CommandFailedException($"line {number} of standard input has no \"text\"", ExitCode.Failed);
    }
}
