using NnGpt.Corpus.Chat;

namespace NnGpt.Corpus.Tests.Chat;

public sealed class CodeBlockTests
{
    [Theory]
    [InlineData("import torch\nx = 1\n", "import torch\nx = 1\n", false, true)]
    [InlineData("Here:\n```python\nx = 1\n```\nDone. ```y```", "x = 1\n", true, true)]
    [InlineData("```\r\nx = 1\r\n```", "x = 1\n", true, true)]
    [InlineData("```py\n  x = '```'\n```\n```python\ny\n```", "  x = '```'\n", true, true)]
    [InlineData("```python\nx = 1\ny =", "x = 1\ny =\n", true, false)]
    [InlineData("```python", "", true, false)]
    [InlineData("", "", false, true)]
    [InlineData("\n\nx = `1`", "x = `1`\n", false, true)]
    public void Extract_Answer_GivesItsSource(string answer, string source, bool fenced, bool closed)
    {
        Assert.Equal(new CodeBlock(source, fenced, closed), CodeBlock.Extract(answer));
    }
}
