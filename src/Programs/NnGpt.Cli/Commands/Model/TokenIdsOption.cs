using System.CommandLine;
using System.Globalization;

namespace NnGpt.Cli.Commands.Model;

/// <summary>Token ids on a command line: "1,2,3".</summary>
internal static class TokenIdsOption
{
    public static Option<int[]?> Create(string description) => new("--ids")
    {
        Description = description,
        CustomParser = static result =>
        {
            List<int> ids = [];
            foreach (string text in result.Tokens.SelectMany(static token => token.Value.Split(',')))
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                {
                    result.AddError($"'{text}' is no token id: --ids takes numbers with commas between");
                    return null;
                }
                ids.Add(id);
            }
            return [.. ids];
        },
    };

    /// <summary>Throws when an id is not in the vocabulary.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="vocabulary">Size of the model's.</param>
    /// <param name="source">Where they come from, for the message.</param>
    public static void Check(int[] ids, int vocabulary, string source)
    {
        if (Array.Find(ids, id => id >= vocabulary) is > 0 and var outside)
        {
            throw new CommandFailedException($"{source}: {outside} is outside the model's vocabulary of {vocabulary}", ExitCode.Usage);
        }
    }
}
