using NnGpt.Structure.Tests.Rewriting;

namespace NnGpt.Structure.Tests;

/// <summary>What a graph holds, and what it leaves out.</summary>
public sealed class GraphTests(Tracing tracing) : IClassFixture<Tracing>
{
    [Fact]
    public async Task Graph_OfTheSameSourceInAnotherWorker_IsTheSameMessage()
    {
        await using var other = new Tracing();
        foreach (var network in Networks.All.Take(3))
        {
            string source = NetworkWriter.Write(network, new Style { Classes = true });
            Assert.Equal(await tracing.GraphAsync(source), await other.GraphAsync(source));
        }
    }

    [Fact]
    public async Task Graph_OfAConvolution_HasShapesModuleParametersAndMacs()
    {
        var graph = await tracing.GraphAsync(Network("self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ReLU())", "self.fc(self.stem(x).mean((2, 3)))"));

        var conv = Assert.Single(graph.Nodes, node => node.Op == "conv2d");
        Assert.Equal([8L, 16, 16], conv.OutputShape);
        Assert.Equal(1, conv.Batch);
        Assert.Equal(("stem.0", "Conv2d"), (conv.ModulePath, conv.ModuleClass));
        Assert.Equal(8 * 3 * 9 + 8, conv.Parameters);
        Assert.Equal(8 * 16 * 16 * 27, conv.Macs);
        Assert.Equal("2,2", conv.Attributes["stride"]);
        Assert.Equal(["input", "weight", "bias"], conv.Inputs.Select(input => input.Argument));
        Assert.Equal(graph.Nodes.Count - 1, graph.Output);
    }

    [Fact]
    public async Task Graph_OfUnusedLayers_CountsTheirParametersOnly()
    {
        string used = Network("self.stem = nn.Conv2d(3, 8, 3)", "self.fc(self.stem(x).mean((2, 3)))");
        string unused = Network("self.stem = nn.Conv2d(3, 8, 3)\n        self.spare = nn.Linear(4, 6)", "self.fc(self.stem(x).mean((2, 3)))");

        var structure = await tracing.StructureAsync(unused);

        Assert.Equal(4 * 6 + 6, structure.UnusedParameters);
        Assert.Equal((await tracing.StructureAsync(used)).Fingerprint, structure.Fingerprint);
    }

    [Theory]
    // A view that is written to changes its base.
    [InlineData("y = self.stem(x)\n        y.view(y.shape).relu_()", "y = self.stem(x).relu()", true)]
    [InlineData("y = self.stem(x)\n        y[:, 0] = 0", "y = self.stem(x)", false)]
    [InlineData("y = self.stem(x)\n        y[:, 0] = 0", "y = self.stem(x)\n        y[:, 1] = 0", false)]
    [InlineData("y = self.stem(x)\n        z = y\n        y = y.relu_() + z", "y = self.stem(x).relu()\n        y = y + y", true)]
    [InlineData("y = torch.zeros(x.size(0), 8, 30, 30)\n        y.copy_(self.stem(x))", "y = self.stem(x)", true)]
    [InlineData("y = torch.cat(self.stem(x).chunk(2, 1), 1)", "y = self.stem(x)\n        y = torch.cat([y[:, :4], y[:, 4:]], dim=1)", true)]
    [InlineData("y = torch.cat(self.stem(x).chunk(2, 1), 1)", "y = self.stem(x)\n        y = torch.cat([y[:, 4:], y[:, :4]], dim=1)", false)]
    [InlineData("y = self.stem(x)\n        y = y.permute(0, 2, 3, 1).permute(0, 3, 1, 2)", "y = self.stem(x)", true)]
    // One layer used twice is not two layers.
    [InlineData("y = self.again(self.again(self.stem(x)))", "y = self.other(self.again(self.stem(x)))", false)]
    public async Task Fingerprint_FollowsTheValues(string first, string second, bool equal)
    {
        string Source(string body) => Network(
            "self.stem = nn.Conv2d(3, 8, 3)\n        self.again = nn.Conv2d(8, 8, 1)\n        self.other = nn.Conv2d(8, 8, 1)", "self.fc(y.mean((2, 3)))", body);

        var left = await tracing.StructureAsync(Source(first));
        var right = await tracing.StructureAsync(Source(second));

        Assert.Equal(equal, left.Fingerprint == right.Fingerprint);
        Assert.Equal(equal, left.SimilarityTo(right) == 1);
    }

    [Fact]
    public async Task Graph_OfTooManyOperators_IsTruncatedAndTheNetworkStillValid()
    {
        var graph = await tracing.GraphAsync(Network("pass", "self.fc(y.mean((2, 3)))", "y = x.repeat(1, 3, 1, 1)[:, :8]\n        for i in range(6000):\n            y = y + i"));

        Assert.True(graph.Truncated);
        Assert.Empty(graph.Nodes);
        Assert.InRange(graph.Operators, 6000, 7000);
    }

    [Fact]
    public async Task Graph_OfManyOperatorsWithoutInfluence_IsSmall()
    {
        var graph = await tracing.GraphAsync(Network("pass", "self.fc(y.mean((2, 3)))", "y = x.repeat(1, 3, 1, 1)[:, :8]\n        for i in range(4000):\n            z = y + i"));

        Assert.False(graph.Truncated);
        Assert.InRange(graph.Nodes.Count, 5, 20);
    }

    private static string Network(string init, string output, string forward = "pass") => $$"""
        import torch
        import torch.nn as nn

        def supported_hyperparameters():
            return {'lr', 'momentum'}

        class Net(nn.Module):
            def __init__(self, in_shape, out_shape, prm, device):
                super().__init__()
                {{init}}
                self.fc = nn.Linear(8, 10)

            def forward(self, x):
                {{forward}}
                return {{output}}

            def train_setup(self, prm):
                self.optimizer = torch.optim.SGD(self.parameters(), lr=0.01)

            def learn(self, train_data):
                pass
        """;
}
