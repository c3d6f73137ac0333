namespace NnGpt.LanguageModel;

/// <summary>Writes the files of a folder beside it and puts them in their place together, so that nobody meets half of them.</summary>
internal static class FolderFiles
{
    /// <summary>Writes a folder that does not exist yet, or replaces files of one that does.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    public static void Write(string directory, Action<string> write)
    {
        string temporary = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + ".writing";
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            if (!Directory.Exists(directory))
            {
                Directory.Move(temporary, directory);
                return;
            }
            // Downwards, so that config.json and adapter_config.json come after what they describe.
            foreach (string file in Directory.GetFiles(temporary).OrderDescending(StringComparer.Ordinal))
            {
                File.Move(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
