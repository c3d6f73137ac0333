using System.Text;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.Shingles;

internal static class Tokens
{
    public static List<string> Read(string source)
    {
        var text = PythonTokenScanner.NormalizeLineEnds(source);
        var scanner = new PythonTokenScanner(text);
        var tokens = new List<string>();
        while (scanner.MoveNext())
            tokens.Add(text[scanner.Start..scanner.End].ToString());
        return tokens;
    }

    /// <summary>Python text with a few characters lost, doubled, exchanged or made up: seldom valid.</summary>
    public static string Damage(string source, Random random)
    {
        const string Inserted = "'\"\\#()[]{}\n\t .0123_eEjxX?$!:=rbuf@é€\u00a0²🙂\f";
        var text = new StringBuilder(source);
        for (int edits = random.Next(1, 12); edits > 0 && text.Length > 0; edits--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                    break;
                case 1:
                    text[at] = Inserted[random.Next(Inserted.Length)];
                    break;
                case 2:
                    text.Insert(at, text[random.Next(text.Length)]);
                    break;
                case 3 when random.Next(4) == 0:
                    text.Length = at;
                    break;
                case 4:
                    text.Insert(at, random.Next(2) == 0 ? "'''" : "\\\n");
                    break;
                default:
                    text.Insert(at, Inserted[random.Next(Inserted.Length)]);
                    break;
            }
        }
        return text.ToString();
    }
}
