namespace NnGpt.Data;

/// <summary>The data sets that experiments can name, and how to load them from a data directory.</summary>
public static class DatasetCatalog
{
    private static readonly DatasetDescription[] s_all =
    [
        new()
        {
            Name = "fashion-mnist", Title = "Fashion-MNIST", Channels = 1, Size = 28, TrainImages = 60_000, TestImages = 10_000,
            ClassNames = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            Source = "install the Debian package dataset-fashion-mnist, or take the four files from https://github.com/zalandoresearch/fashion-mnist",
            Folders = ["fashion-mnist", "FashionMNIST/raw"], SystemFolders = ["/usr/share/datasets/fashion-mnist"],
            Format = DatasetFormat.Idx,
        },
        new()
        {
            Name = "mnist", Title = "MNIST", Channels = 1, Size = 28, TrainImages = 60_000, TestImages = 10_000,
            ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Source = "take the four files from http://yann.lecun.com/exdb/mnist",
            Folders = ["mnist", "MNIST/raw"],
            Format = DatasetFormat.Idx,
        },
        new()
        {
            Name = "cifar-10", Title = "CIFAR-10", Channels = 3, Size = 32, TrainImages = 50_000, TestImages = 10_000,
            ClassNames = CifarClassNames.Ten,
            Source = "unpack the binary version, cifar-10-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html",
            Folders = ["cifar-10-batches-bin", "cifar-10"],
            Format = DatasetFormat.Cifar10,
        },
        new()
        {
            Name = "cifar-100", Title = "CIFAR-100", Channels = 3, Size = 32, TrainImages = 50_000, TestImages = 10_000,
            ClassNames = CifarClassNames.Hundred,
            Source = "unpack the binary version, cifar-100-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html",
            Folders = ["cifar-100-binary", "cifar-100"],
            Format = DatasetFormat.Cifar100,
        },
    ];

    /// <summary>All data sets of the catalogue.</summary>
    public static IReadOnlyList<DatasetDescription> All => s_all;

    /// <summary>The data set of that name, or null.</summary>
    public static DatasetDescription? Find(string name) => Array.Find(s_all, d => d.Name == name);

    /// <summary>Reads a data set whole into memory. A missing or damaged file is a value, not an exception.</summary>
    /// <param name="name">Name in the catalogue.</param>
    /// <param name="directory">Data directory, searched by the usual folder names; null for packages of the system only.</param>
    public static DatasetLoadResult Load(string name, string? directory)
    {
        if (Find(name) is not { } description)
        {
            string known = string.Join(", ", s_all.Select(d => d.Name));
            return new(new DatasetFailure(DatasetFailureReason.UnknownName, null, $"There is no data set \"{name}\"; known are {known}."));
        }
        return Load(description, SearchFolders(description, directory));
    }

    internal static DatasetLoadResult Load(DatasetDescription description, IReadOnlyList<string> folders)
    {
        DatasetLoadResult? missing = null;
        foreach (string folder in folders)
        {
            var result = LoadFrom(folder, description, folders);
            if (result.Failure?.Reason != DatasetFailureReason.Missing)
            {
                return result;
            }
            missing ??= result;
        }
        return missing!;
    }

    private static DatasetLoadResult LoadFrom(string folder, DatasetDescription description, IReadOnlyList<string> folders)
    {
        try
        {
            var (train, test) = description.Format == DatasetFormat.Idx
                ? IdxReader.ReadSplits(folder, description)
                : CifarReader.ReadSplits(folder, description);
            return new(new ImageDataset
            {
                Name = description.Name,
                Channels = description.Channels,
                Height = description.Size,
                Width = description.Size,
                ClassNames = description.ClassNames,
                Train = train,
                Test = test,
            });
        }
        catch (DatasetFileException error)
        {
            return Fail(error.Reason, error.Path, error.Message);
        }
        catch (InvalidDataException error)
        {
            return Fail(DatasetFailureReason.Damaged, folder, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(DatasetFailureReason.Unreadable, folder, error.Message);
        }

        DatasetLoadResult Fail(DatasetFailureReason reason, string path, string problem)
        {
            string searched = reason == DatasetFailureReason.Missing ? $" Searched: {string.Join(", ", folders)}." : "";
            return new(new DatasetFailure(reason, path,
                $"{description.Title}: {path}: {problem.TrimEnd('.')}.{searched} To get it: {description.Source}."));
        }
    }

    private static List<string> SearchFolders(DatasetDescription description, string? directory)
    {
        List<string> folders = [];
        if (!string.IsNullOrEmpty(directory))
        {
            string root = Path.GetFullPath(directory);
            folders.AddRange(description.Folders.Select(f => Path.Combine(root, f)));
            // A data directory that is the set's own folder. MNIST and Fashion-MNIST share their file names,
            // so only the folder's name can tell which one it is.
            if (description.Folders.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(root))))
            {
                folders.Add(root);
            }
        }
        folders.AddRange(description.SystemFolders);
        return folders.Count > 0 ? folders : [.. description.Folders];
    }
}
