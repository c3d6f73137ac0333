using NnGpt.Curation.Reading;
using NnGpt.Curation.Statistics;

namespace NnGpt.Curation.Tests.Statistics;

public sealed class CorpusStatisticsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_Folder_CountsEveryRecordOnce()
    {
        _folder.Write("in/a.py", "import torch.nn as nn\nclass A(nn.Module):\n    def __init__(self):\n        self.c = nn.Conv2d(1, 2, 3)\n        self.d = nn.Conv2d(1, 2, 3)\n");
        _folder.Write("in/b.py", "import torch.nn as nn\nx = nn.Linear(1, 2)\nl = nn.CrossEntropyLoss()\n");
        _folder.Write("in/c.py", "import torch.nn as nn\nx = nn.Linear(1, 2)\nl = nn.CrossEntropyLoss()\n");
        _folder.Write("in/d.py", "import torch.nn as nn\nx = nn.LSTM(1, 2)\n");
        _folder.Write("in/e.py", TestFolder.Networks(1)[0]);
        CorpusStatistics statistics = await CorpusStatistics.OfAsync(
            RecordSource.Open(_folder["in"]), new CurationOptions { WorkingFolder = _folder.Root }, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal((5, 1), (statistics.Records, statistics.KeepContract));
        Assert.Equal((1, 0), (statistics.Report.Exact, statistics.Report.Near));
        Assert.Equal(2, statistics.Families.Single(family => family.Key == "perceptron").Value);
        Assert.Equal(1, statistics.Families.Single(family => family.Key == "recurrent").Value);
        Assert.DoesNotContain("CrossEntropyLoss", statistics.Layers.Select(layer => layer.Key));
        Assert.True(statistics.Layers.Single(layer => layer.Key == "Linear").Value >= 2);
        Assert.True(statistics.LengthAt(0) < statistics.LengthAt(0.5) && statistics.LengthAt(0.5) < statistics.LengthAt(1));
        Assert.Equal(16, statistics.LengthAt(0));
    }
}
