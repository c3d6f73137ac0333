using NnGpt.Python.Lexing;

namespace NnGpt.Python.Tests.Fuzzing;

/// <summary>Damages sources: cuts, insertions, swapped tokens, random characters.</summary>
internal static class SourceDamage
{
    private const string Characters = "()[]{}:,.='\"\\*@%#\n\t -~0xé\u00a0\r\f\ufeff!jbf_`?$😀\0";

    public static string Damage(Random random, IReadOnlyList<string> sources)
    {
        var source = sources[random.Next(sources.Count)];
        for (var i = random.Next(1, 4); i > 0 && source.Length > 4; i--)
        {
            var at = random.Next(source.Length - 1);
            var length = Math.Min(random.Next(1, 12), source.Length - at);
            source = random.Next(6) switch
            {
                0 => source.Remove(at, length),
                1 => source.Insert(at, Characters[random.Next(Characters.Length)].ToString()),
                2 => source.Insert(at, Token(random, sources[random.Next(sources.Count)])),
                3 => source[..at],
                4 => source.Insert(at, string.Concat(Enumerable.Repeat(source.Substring(at, length), random.Next(2, 60)))),
                _ => source.Remove(at, 1).Insert(at, source[random.Next(source.Length - 1)].ToString()),
            };
        }

        return source;
    }

    /// <summary>Text without sense: any characters, or bytes read as Latin-1.</summary>
    public static string Noise(Random random)
    {
        var length = random.Next(1, 200);
        return random.Next(2) == 0
            ? string.Concat(Enumerable.Range(0, length).Select(_ => Characters[random.Next(Characters.Length)]))
            : string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(256)));
    }

    private static string Token(Random random, string other)
    {
        var tokens = PythonLexer.Tokenize(other).Tokens.Where(t => !t.IsLayout).ToList();
        return tokens.Count == 0 ? "" : $" {tokens[random.Next(tokens.Count)].Text} ";
    }
}
