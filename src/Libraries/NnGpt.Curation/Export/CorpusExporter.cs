using System.Text;
using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Output;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Export;

/// <summary>Writes a corpus in formats of others. Places without a record are passed over and counted.</summary>
public static class CorpusExporter
{
    /// <summary>One file of chat pairs, which takes its name when it is whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ExportReport ToChat(IRecordSource source, string path, ChatExport chat, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder; give a file");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string partial = $"{path}.partial";
        try
        {
            ExportReport report;
            using (JsonLines file = new(partial))
            {
                report = Export(source, record => Write(file, chat.Pairs(record)), cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
            return report;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>
    /// A folder of .py files, named after the ids, and <c>metadata.csv</c> with a line for each figure, or one without figures
    /// for a network that has none.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ExportReport ToPythonFolder(IRecordSource source, string folder, CancellationToken cancellationToken)
    {
        return InNewFolder(folder, () =>
        {
            using PythonFolderWriter writer = new(folder);
            return Export(
                source,
                record =>
                {
                    writer.Write(record);
                    return 1;
                },
                cancellationToken);
        });
    }

    /// <summary>A data set folder for the Hugging Face hub.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ExportReport ToHuggingFace(
        IRecordSource source, string folder, HuggingFaceCard card, ChatExport chat, CancellationToken cancellationToken)
    {
        return InNewFolder(folder, () =>
        {
            using HuggingFaceWriter writer = new(folder, card, chat);
            ExportReport report = Export(source, writer.Write, cancellationToken);
            writer.WriteCard();
            return report;
        });
    }

    internal static long Write(JsonLines file, IEnumerable<ChatPair> pairs)
    {
        long count = 0;
        foreach (ChatPair pair in pairs)
        {
            file.WriteRaw(Encoding.UTF8.GetBytes(ChatJsonl.Format(pair)));
            count++;
        }

        return count;
    }

    private static ExportReport Export(IRecordSource source, Func<CorpusRecord, long> write, CancellationToken cancellationToken)
    {
        long records = 0, written = 0, malformed = 0;
        foreach (RecordReading reading in source.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reading.Record is { } record)
            {
                records++;
                written += write(record);
            }
            else
            {
                malformed++;
            }
        }

        return new ExportReport(records, written, malformed);
    }

    // What stays is whole: an export that ends before its time leaves nothing behind.
    private static ExportReport InNewFolder(string folder, Func<ExportReport> write)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"'{folder}' is not empty");
        }

        Directory.CreateDirectory(folder);
        try
        {
            return write();
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
