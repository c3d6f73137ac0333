using NnGpt.Curation.Contract;

namespace NnGpt.Curation.Tests.Contract;

public sealed class ContractCheckTests
{
    private const string Kept =
        """
        import torch.nn as nn

        def supported_hyperparameters():
            return {'lr'}

        class Net(nn.Module):
            def __init__(self, in_shape, out_shape, prm, device):
                super().__init__()

            def forward(self, x):
                return x

            def train_setup(self, prm):
                pass

            def learn(self, train_data):
                pass

        """;

    [Theory]
    [InlineData("", "", null)]
    [InlineData("(self, in_shape, out_shape, prm, device)", "(self, in_shape, out_shape, prm, device, extra=1)", null)]
    [InlineData("(self, in_shape, out_shape, prm, device)", "(self, *args)", null)]
    [InlineData("(self, in_shape, out_shape, prm, device)", "(self, num_classes)", ContractBreach.Constructor)]
    [InlineData("(self, in_shape, out_shape, prm, device)", "(self, in_shape, out_shape, prm, device, *, depth)", ContractBreach.Constructor)]
    [InlineData("class Net(nn.Module)", "class Net(nn.Module", ContractBreach.Syntax)]
    [InlineData("class Net(", "class Network(", ContractBreach.NoNet)]
    [InlineData("def forward(self, x)", "def forward(self)", ContractBreach.NoForward)]
    [InlineData("def forward(self, x)", "def call(self, x)", ContractBreach.NoForward)]
    [InlineData("class Net(nn.Module)", "class Net(nn.Sequential)", null)]
    [InlineData("def train_setup", "def setup", ContractBreach.NoTrainSetup)]
    [InlineData("def learn(self, train_data)", "def learn(self, a, b)", ContractBreach.NoLearn)]
    [InlineData("def supported_hyperparameters", "def hyperparameters", ContractBreach.NoHyperparameters)]
    public void Of_Change_GivesTheBreach(string text, string with, ContractBreach? breach) =>
        Assert.Equal(breach, ContractCheck.Of(text.Length == 0 ? Kept : Kept.Replace(text, with, StringComparison.Ordinal)));

    [Fact]
    public void Of_MethodsOfABase_Count()
    {
        string inherited = Kept.Replace("class Net(nn.Module)", "class Base(nn.Module)", StringComparison.Ordinal) + "class Net(Base):\n    pass\n";
        Assert.Null(ContractCheck.Of(inherited));
        Assert.Equal(ContractBreach.NoForward, ContractCheck.Of(inherited.Replace("def forward", "def run", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_EverySampledNetwork_Keeps() =>
        Assert.All(TestFolder.Networks(200), source => Assert.Null(ContractCheck.Of(source)));
}
