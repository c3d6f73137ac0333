using System.CommandLine;
using NnGpt.Cli.Commands;
using NnGpt.Curation;
using NnGpt.Curation.Metadata;
using NnGpt.Curation.Reading;

namespace NnGpt.Cli.Corpora;

/// <summary>Where the records of a corpus command come from, and what several of its commands set.</summary>
internal static class SourceArgument
{
    public const string Kinds =
        "A folder (a corpus of `corpus import`, else its .py files, else its .jsonl files), a .py file, or a .jsonl file: "
        + "chat messages, prompt and completion, or text with the code in it";

    public static Argument<string> One() => new("PATH") { Description = Kinds };

    public static Argument<string[]> Many() => new("PATH") { Description = Kinds, Arity = ArgumentArity.ZeroOrMore };

    public static Option<DirectoryInfo> OutFolder(string what) => new("--out") { Description = $"Folder {what}; made when missing", HelpName = "DIR", Required = true };

    public static Option<double> Tau()
    {
        var tau = new Option<double>("--tau") { Description = "Near-duplicates have a Jaccard similarity above it, 0.5 to 1", DefaultValueFactory = _ => new CurationOptions().JaccardThreshold };
        tau.RequireRange(0.5, 1);
        return tau;
    }

    public static Option<int> Shingle()
    {
        var shingle = new Option<int>("--shingle") { Description = "Python tokens a shingle, 1 to 100", DefaultValueFactory = _ => new CurationOptions().ShingleSize };
        shingle.RequireRange(1, 100);
        return shingle;
    }

    public static Option<int> Threads()
    {
        var threads = new Option<int>("--threads") { Description = "Threads, 1 to 256; the result does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        threads.RequireRange(1, 256);
        return threads;
    }

    /// <summary>Opens a path; what cannot be opened ends the command.</summary>
    public static IRecordSource Open(string path, string? metadata = null)
    {
        if (path.Length == 0)
        {
            throw new CommandFailedException("an empty PATH names nothing; `.` is this folder", ExitCode.Usage);
        }

        try
        {
            return RecordSource.Open(path, metadata is null ? null : MetadataTable.Read(metadata));
        }
        catch (InvalidDataException wrong)
        {
            throw new CommandFailedException(wrong.Message, ExitCode.Usage);
        }
        catch (FileNotFoundException missing)
        {
            throw new CommandFailedException(missing.Message, ExitCode.NotFound);
        }
    }

    /// <summary>
    /// Refuses an output folder that lies in a source, because the next run would read what this one wrote, and one that a source
    /// lies in, because it would be replaced.
    /// </summary>
    public static string OutsideOf(DirectoryInfo folder, IEnumerable<string> sources)
    {
        string target = RealPath.Of(folder.FullName);
        foreach (string source in sources)
        {
            string real = RealPath.Of(source);
            if (Directory.Exists(real) && RealPath.IsWithin(target, real))
            {
                throw new CommandFailedException($"--out '{folder}' lies in '{source}', which is read; choose a folder outside", ExitCode.Usage);
            }

            if (RealPath.IsWithin(real, target))
            {
                throw new CommandFailedException($"'{source}' lies in --out '{folder}', which is replaced; choose another folder", ExitCode.Usage);
            }
        }

        return folder.FullName;
    }
}
