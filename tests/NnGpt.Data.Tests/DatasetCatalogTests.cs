namespace NnGpt.Data.Tests;

public sealed class DatasetCatalogTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Load_FashionMnistOfTheSystemPackage_HasTheOfficialSplits()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/datasets/fashion-mnist"), "The package dataset-fashion-mnist is not installed.");
        var result = DatasetCatalog.Load("fashion-mnist", null);
        Assert.True(result.Succeeded, result.Failure?.Message);
        Assert.Equal((60_000, 10_000), (result.Dataset.Train.Count, result.Dataset.Test.Count));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2], result.Dataset.Train.Labels[..8]);
        Assert.Equal(0.2860, Normalisation.Measure(Whole(result.Dataset)).Mean[0], 4);
        Assert.Equal(0.3530, Normalisation.Measure(Whole(result.Dataset)).Std[0], 4);
    }

    [Theory]
    [InlineData("mnist", 60_000, new byte[] { 5, 0, 4, 1, 9, 2 }, new[] { 0.1307 }, new[] { 0.3081 })]
    [InlineData("cifar-10", 50_000, new byte[] { 6, 9, 9, 4, 1, 1 }, new[] { 0.4914, 0.4822, 0.4465 }, new[] { 0.2470, 0.2435, 0.2616 })]
    [InlineData("cifar-100", 50_000, new byte[] { 19, 29, 0, 11, 1, 86 }, new[] { 0.5071, 0.4865, 0.4409 }, new[] { 0.2673, 0.2564, 0.2762 })]
    public void Load_OfficialFiles_HasTheKnownLabelsAndStatistics(string name, int images, byte[] labels, double[] mean, double[] std)
    {
        var result = DatasetCatalog.Load(name, TestFiles.DataDirectory);
        Assert.SkipUnless(result.Failure?.Reason != DatasetFailureReason.Missing, $"NNGPT_DATA has no {name}.");
        Assert.True(result.Succeeded, result.Failure?.Message);
        Assert.Equal((images, 10_000), (result.Dataset.Train.Count, result.Dataset.Test.Count));
        Assert.Equal(labels, result.Dataset.Train.Labels[..6]);
        var measured = Normalisation.Measure(Whole(result.Dataset));
        for (int channel = 0; channel < mean.Length; channel++)
        {
            Assert.Equal(mean[channel], measured.Mean[channel], 4);
            Assert.Equal(std[channel], measured.Std[channel], 4);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PlainOrGzipFiles_ReadsTheSame(bool gzip)
    {
        _files.WriteMnist(gzip: gzip);
        var result = DatasetCatalog.Load("mnist", _files.Root);
        Assert.True(result.Succeeded, result.Failure?.Message);
        Assert.Equal((20, 10), (result.Dataset.Train.Count, result.Dataset.Test.Count));
        Assert.Equal(19, result.Dataset.Train.Images[^1]);
    }

    [Fact]
    public void Load_TheSetsOwnFolder_IsFound()
    {
        _files.WriteMnist();
        Assert.True(DatasetCatalog.Load("mnist", Path.Combine(_files.Root, "mnist")).Succeeded);
    }

    [Fact]
    public void Load_UnknownName_NamesTheKnownSets()
    {
        var result = DatasetCatalog.Load("imagenet", _files.Root);
        Assert.Equal(DatasetFailureReason.UnknownName, result.Failure?.Reason);
        Assert.Contains("fashion-mnist, mnist, cifar-10, cifar-100", result.Failure?.Message);
    }

    [Theory]
    [InlineData("mnist", "train-images-idx3-ubyte", "yann.lecun.com")]
    [InlineData("cifar-10", "data_batch_1.bin", "cifar-10-binary.tar.gz")]
    [InlineData("cifar-100", "train.bin", "cifar-100-binary.tar.gz")]
    public void Load_MissingFiles_NamesTheFileAndWhereToGetIt(string name, string file, string source)
    {
        var result = DatasetCatalog.Load(name, _files.Root);
        Assert.Equal(DatasetFailureReason.Missing, result.Failure?.Reason);
        Assert.EndsWith(file, result.Failure?.Path);
        Assert.Contains(source, result.Failure?.Message);
        Assert.Contains(_files.Root, result.Failure?.Message);
    }

    [Fact]
    public void Load_CutFile_IsDamaged() => AssertDamaged("cut short", path => Cut(path, 100));

    [Fact]
    public void Load_CutGzipFile_IsDamaged() => AssertDamaged("", path => Cut(path, 10), gzip: true);

    [Fact]
    public void Load_ChangedGzipFile_IsDamaged() => AssertDamaged("", path => Flip(path, 12), gzip: true);

    [Fact]
    public void Load_LongFile_IsDamaged() => AssertDamaged("after its end", path => File.AppendAllText(path, "x"));

    [Fact]
    public void Load_EmptyFile_IsDamaged() => AssertDamaged("cut short", path => File.WriteAllBytes(path, []));

    [Fact]
    public void Load_OtherFormat_IsDamaged() => AssertDamaged("magic number", path => File.WriteAllText(path, "<html>not found</html> and more"));

    [Fact]
    public void Load_HugeSizes_IsDamaged() =>
        AssertDamaged("out of range", path => File.WriteAllBytes(path, [0, 0, 8, 3, 127, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28]));

    [Fact]
    public void Load_LabelsForFewerImages_IsDamaged()
    {
        _files.WriteMnist();
        _files.WriteIdx("mnist/train-labels-idx1-ubyte", [19], new byte[19]);
        Assert.Contains("19 labels for 20 images", DatasetCatalog.Load("mnist", _files.Root).Failure?.Message);
    }

    [Fact]
    public void Load_LabelOutOfRange_IsDamaged()
    {
        _files.WriteMnist();
        _files.WriteIdx("mnist/t10k-labels-idx1-ubyte", [10], [0, 0, 0, 10, 0, 0, 0, 0, 0, 0]);
        Assert.Contains("label 10 of image 3", DatasetCatalog.Load("mnist", _files.Root).Failure?.Message);
    }

    [Fact]
    public void Load_CifarFileOfWrongLength_IsDamaged()
    {
        Directory.CreateDirectory(Path.Combine(_files.Root, "cifar-100-binary"));
        File.WriteAllBytes(Path.Combine(_files.Root, "cifar-100-binary", "train.bin"), new byte[3074]);
        var result = DatasetCatalog.Load("cifar-100", _files.Root);
        Assert.Equal(DatasetFailureReason.Damaged, result.Failure?.Reason);
        Assert.Contains("has 3074 bytes, expected 153700000", result.Failure?.Message);
    }

    private void AssertDamaged(string problem, Action<string> damage, bool gzip = false)
    {
        _files.WriteMnist(gzip: gzip);
        string path = Path.Combine(_files.Root, "mnist", "train-images-idx3-ubyte" + (gzip ? ".gz" : ""));
        damage(path);
        var result = DatasetCatalog.Load("mnist", _files.Root);
        Assert.Equal(DatasetFailureReason.Damaged, result.Failure?.Reason);
        Assert.Equal(path, result.Failure?.Path);
        Assert.Contains(problem, result.Failure?.Message);
    }

    private static ImageSubset Whole(ImageDataset dataset) => new(dataset, dataset.Train, [.. Enumerable.Range(0, dataset.Train.Count)]);

    private static void Cut(string path, int bytes)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length - bytes);
    }

    private static void Flip(string path, int fromEnd)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^fromEnd] ^= 0x55;
        File.WriteAllBytes(path, bytes);
    }
}
