using System.Text;
using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Guidance;

namespace NnGpt.LanguageModel.Tests.Guidance;

public sealed class PythonPrefixTests
{
    [Fact]
    public void Append_NetworksOfTheCorpus_AreLegalAtEveryByteAndWholeAtTheEnd()
    {
        ArchitectureSampler sampler = new(41);
        for (int i = 0; i < 100; i++)
        {
            string source = sampler.Next().Source;
            PythonPrefix prefix = new();
            foreach (byte value in Encoding.UTF8.GetBytes(source))
            {
                Assert.True(prefix.Append([value]), source);
            }
            Assert.True(prefix.IsComplete(), source);
            Assert.True(prefix.Definitions.IsComplete, source);
            Assert.False(prefix.Definitions.IsHopeless);
        }
    }

    [Theory]
    [InlineData("argparse")]
    [InlineData("ast")]
    [InlineData("collections/__init__")]
    [InlineData("enum")]
    [InlineData("functools")]
    [InlineData("random")]
    [InlineData("typing")]
    [InlineData("inspect")]
    [InlineData("statistics")]
    public void Append_StandardLibraryOfDebiansPython_IsLegal(string module)
    {
        string path = $"/usr/lib/python3.11/{module}.py";
        Assert.SkipUnless(File.Exists(path), $"{path} is not there: Debian's python3.11 is not installed");
        PythonPrefix prefix = new();
        int line = 1;
        foreach (byte value in File.ReadAllBytes(path))
        {
            Assert.True(prefix.Append([value]), $"{path}: line {line}");
            line += value == '\n' ? 1 : 0;
        }
        Assert.True(prefix.IsComplete());
    }

    [Theory]
    [InlineData("x = 1 +\n")]
    [InlineData("def f(x:\n")]
    [InlineData("def f(x)\n")]
    [InlineData("class Net(nn.Module):\nx = 1")]
    [InlineData("if x:\n    y = 1\n   z")]
    [InlineData("  x")]
    [InlineData("x = (1, 2]")]
    [InlineData("x = 'abc\n")]
    [InlineData("x = 1a")]
    [InlineData("x = 012\n")]
    [InlineData("import torch.nn as\n")]
    [InlineData("from torch import\n")]
    [InlineData("for x y")]
    [InlineData("x = = 3")]
    [InlineData("return = 3")]
    [InlineData("else")]
    [InlineData("x = lambda: return")]
    [InlineData("a b")]
    [InlineData("x = [i for i in")]
    [InlineData("x = {1: 2, 3}")]
    [InlineData("f(a, b")]
    [InlineData("x $")]
    [InlineData("x !x")]
    [InlineData("a = \\ ")]
    [InlineData("try:\n    pass\nx")]
    public void Append_TextThatIsNoModule_IsRefusedOrIncomplete(string text)
    {
        PythonPrefix prefix = new();
        bool legal = prefix.Append(Encoding.UTF8.GetBytes(text));
        Assert.False(legal && prefix.IsComplete());
    }

    [Theory]
    [InlineData("x = 1 +", " ", "\n")]
    [InlineData("def f(x", ")", "]")]
    [InlineData("x = 'abc", "d", "\n")]
    [InlineData("x = (1, 2", ")", "]")]
    [InlineData("clas", "s", " x")]
    [InlineData("x = no", "t", " y")]
    [InlineData("if x:\n", "  ", "y")]
    [InlineData("return x i", "f", "t")]
    [InlineData("x = 0x", "f", "g")]
    [InlineData("x = 1.5e", "-", ".")]
    [InlineData("x = r", "'", "\"x\"y")]
    [InlineData("from .", ".", ",")]
    [InlineData("x[.", ".", "x")]
    [InlineData("x = '''a\n''", "b", "'x")]
    [InlineData("x: i", "nt", " y")]
    [InlineData("#", "!", null)]
    public void Append_AfterAPrefix_TellsWhatMayFollow(string text, string legal, string? illegal)
    {
        PythonPrefix prefix = new();
        Assert.True(prefix.Append(Encoding.UTF8.GetBytes(text)));
        Assert.True(prefix.Copy().Append(Encoding.UTF8.GetBytes(legal)));
        Assert.True(illegal is null || !prefix.Copy().Append(Encoding.UTF8.GetBytes(illegal)));
        Assert.True(prefix.Append(Encoding.UTF8.GetBytes(legal))); // copies left it alone
    }

    [Fact]
    public void Definitions_NetWithoutAMethod_IsHopelessWhenItEnds()
    {
        const string Source = "class Net(nn.Module):\n    def __init__(self):\n        pass\n    def forward(self, x):\n        return x\n";
        PythonPrefix prefix = new();
        Assert.True(prefix.Append(Encoding.UTF8.GetBytes(Source)));
        Assert.False(prefix.Definitions.IsHopeless);
        Assert.True(prefix.Append("def other"u8));
        Assert.True(prefix.Append("("u8));
        Assert.True(prefix.Definitions.IsHopeless);
    }

    [Fact]
    public void Definitions_NetOfAnotherClass_MayInheritItsMethods()
    {
        const string Source = "class Base(nn.Module):\n    pass\nclass Net(Base, torch.nn.Module):\n    pass\nx = 1\n";
        PythonPrefix prefix = new();
        Assert.True(prefix.Append(Encoding.UTF8.GetBytes(Source)));
        Assert.False(prefix.Definitions.IsHopeless);
        Assert.True(prefix.Definitions.HasMethods);
        Assert.False(prefix.Definitions.IsComplete);
    }
}
