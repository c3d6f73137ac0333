namespace NnGpt.Data.Tests;

public sealed class DatasetSplitTests
{
    private static readonly ImageDataset s_dataset = Synthetic(1000, 100);

    [Fact]
    public void SplitMix64_SeedZero_GivesThePublishedNumbers()
    {
        var random = new SplitMix64(0);
        Assert.Equal([0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Permutation_FixedSeed_IsFixed() => Assert.Equal([3, 1, 6, 2, 4, 0, 7, 5], SplitMix64.Permutation(8, 42));

    [Fact]
    public void Create_SameSeed_GivesTheSameImages()
    {
        var first = DatasetSplit.Create(s_dataset, 300, 200, 7);
        var second = DatasetSplit.Create(s_dataset, 300, 200, 7);
        Assert.Equal(first.Train.Indices, second.Train.Indices);
        Assert.Equal(first.Validation.Indices, second.Validation.Indices);
        Assert.NotEqual(first.Train.Indices, DatasetSplit.Create(s_dataset, 300, 200, 8).Train.Indices);
    }

    [Fact]
    public void Create_AnySizes_KeepsTrainingAndValidationApart()
    {
        var split = DatasetSplit.Create(s_dataset, 0, 200, 1);
        Assert.Equal(800, split.Train.Count);
        Assert.Equal(1000, split.Train.Indices.Concat(split.Validation.Indices).Distinct().Count());
        Assert.Same(s_dataset.Test, split.Test.Source);
        Assert.Equal(100, split.Test.Count);
    }

    [Fact]
    public void Create_SmallerSubset_KeepsTheValidationSplit()
    {
        var all = DatasetSplit.Create(s_dataset, 0, 200, 1);
        var some = DatasetSplit.Create(s_dataset, 50, 200, 1);
        Assert.Equal(all.Validation.Indices, some.Validation.Indices);
        Assert.Equal(all.Train.Indices[..50], some.Train.Indices);
    }

    [Theory]
    [InlineData(900, 200)]
    [InlineData(0, 1000)]
    [InlineData(-1, 10)]
    public void Create_MoreThanThereIs_Throws(int train, int validation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetSplit.Create(s_dataset, train, validation, 0));

    [Fact]
    public void Shuffled_WholePass_HasEveryImageOnceNormalised()
    {
        var split = DatasetSplit.Create(s_dataset, 300, 200, 7);
        var batches = Batches.Shuffled(split.Train, split.Normalisation, 64, 5);
        Assert.Equal(5, batches.Count);
        List<long> labels = [];
        double sum = 0, squares = 0;
        for (int batch = 0; batch < batches.Count; batch++)
        {
            float[] images = new float[batches.SizeOf(batch) * batches.ImageSize];
            long[] classes = new long[batches.SizeOf(batch)];
            Assert.Equal(classes.Length, batches.Fill(batch, images, classes));
            labels.AddRange(classes);
            sum += images.Sum(x => (double)x);
            squares += images.Sum(x => (double)x * x);
        }
        Assert.Equal(44, batches.SizeOf(4));
        Assert.Equal(split.Train.Indices.Select(i => (long)s_dataset.Train.Labels[i]).Order(), labels.Order());
        double pixels = 300 * batches.ImageSize;
        Assert.Equal(0, sum / pixels, 4);
        Assert.Equal(1, squares / pixels, 4);
    }

    [Fact]
    public void Shuffled_SameSeed_IsTheSamePass()
    {
        var split = DatasetSplit.Create(s_dataset, 300, 200, 7);
        Assert.Equal(Pass(5), Pass(5));
        Assert.NotEqual(Pass(5), Pass(6));

        long[] Pass(ulong seed)
        {
            var batches = Batches.Shuffled(split.Train, split.Normalisation, 300, seed);
            long[] labels = new long[300];
            batches.Fill(0, new float[300 * batches.ImageSize], labels);
            return labels;
        }
    }

    [Fact]
    public void Shuffled_OneImageLeftOver_DropsTheLastBatch()
    {
        var split = DatasetSplit.Create(s_dataset, 65, 200, 7);
        Assert.Equal(1, Batches.Shuffled(split.Train, split.Normalisation, 64, 0).Count);
        Assert.Equal(2, Batches.InOrder(split.Train, split.Normalisation, 64).Count);
    }

    [Fact]
    public void InOrder_ThreeChannels_ConvertsEachByItsOwnFigures()
    {
        var dataset = Synthetic(4, 2, channels: 3);
        var subset = new ImageSubset(dataset, dataset.Train, [2]);
        var batches = Batches.InOrder(subset, new Normalisation([0.5, 0.25, 0], [0.5, 1, 2]), 8);
        float[] images = new float[batches.ImageSize];
        long[] labels = new long[1];
        batches.Fill(0, images, labels);
        byte[] pixels = dataset.Train.Images[(2 * 12)..(3 * 12)];
        Assert.Equal((float)((pixels[0] / 255.0 - 0.5) / 0.5), images[0]);
        Assert.Equal((float)(pixels[4] / 255.0 - 0.25), images[4]);
        Assert.Equal((float)(pixels[8] / 255.0 / 2), images[8]);
        Assert.Equal(dataset.Train.Labels[2], labels[0]);
    }

    private static ImageDataset Synthetic(int train, int test, int channels = 1)
    {
        return new ImageDataset
        {
            Name = "synthetic",
            Channels = channels,
            Height = 2,
            Width = 2,
            ClassNames = ["a", "b", "c"],
            Train = Make(train),
            Test = Make(test),
        };

        ImageSplit Make(int count)
        {
            var random = new SplitMix64((ulong)count);
            byte[] images = new byte[count * channels * 4], labels = new byte[count];
            for (int i = 0; i < images.Length; i++)
            {
                images[i] = (byte)random.Next(256);
            }
            for (int i = 0; i < count; i++)
            {
                labels[i] = (byte)random.Next(3);
            }
            return new ImageSplit(images, labels);
        }
    }
}
