using NnGpt.Corpus.Records;
using NnGpt.Curation.Metadata;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests.Metadata;

public sealed class MetadataTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Csv_TakesTheFirstEpochAndItsBest()
    {
        MetadataTable table = MetadataTable.Read(_folder.Write("best.csv",
            """
            dataset,model,epoch,records,best_accuracy,lr,batch,momentum,dropout,transform
            mnist,AirNet,2,1,0.99,0.1,16,0.9,,norm_64
            mnist,AirNet,1,1,0.90,0.2,32,0.8,,"a, b"
            mnist,AirNet,1,1,0.91,0.3,64,0.7,0.5,echo
            cifar-10,AirNet,1,1,high,0.3,64,0.7,0.5,echo
            cifar-10,AirNet,1,1,0.5,,,,,
            """));
        IReadOnlyList<TrainingResult> results = table.Find("sub/AirNet.py");
        Assert.Equal(["cifar-10", "mnist"], results.Select(result => result.DataSet));
        Assert.Equal((0.91, 1, "echo"), (results[1].Accuracy, results[1].Epoch, results[1].Transform));
        Assert.Equal(["batch=64", "dropout=0.5", "lr=0.3", "momentum=0.7"], results[1].Hyperparameters.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}")));
        Assert.Equal((5L, MalformedReason.BadMetadata), (Assert.Single(table.Malformed).Line, table.Malformed[0].Reason));
        Assert.Empty(table.Find("Other.py"));
    }

    [Fact]
    public async Task Open_LemurFolder_JoinsItsStatistics()
    {
        _folder.Write("ab/nn/AirNet.py", TestFolder.Networks(1)[0]);
        _folder.Write("ab/stat/img-classification_cifar-10_acc_AirNet/1.json", """[{"accuracy":0.4,"lr":0.01,"batch":64,"transform":"norm_32","duration":5},{"accuracy":0.6,"lr":0.02,"uid":"u"}]""");
        _folder.Write("ab/stat/img-classification_cifar-10_acc_AirNet/2.json", """[{"accuracy":0.8}]""");
        _folder.Write("ab/stat/img-classification_mnist_acc_AirNet/1.json", "[{");
        CurationReport report = await _folder.CurateAsync("ab/nn", "out");
        TrainingResult result = Assert.Single(Assert.Single(_folder.Corpus("out")).Results);
        Assert.Equal((0.6, "cifar-10", 1, 0.02), (result.Accuracy, result.DataSet, result.Epoch, result.Hyperparameters["lr"]));
        Assert.Equal((1, 0, 1), (report.Read, report.Malformed, report.MalformedReasons[MalformedReason.BadMetadata]));
    }

    [Fact]
    public void Read_TableOfSomethingElse_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => MetadataTable.Read(_folder.Write("a.csv", "x,y\n1,2\n")));
}
