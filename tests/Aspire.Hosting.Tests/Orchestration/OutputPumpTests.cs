using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class OutputPumpTests
{
    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\n\r\ntwo", "one||two")]
    [InlineData("", "")]
    public async Task RunAsync_Text_IsCutIntoLines(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', await LinesAsync(text)));

    [Fact]
    public async Task RunAsync_LineWithoutEnd_IsCutSoThatMemoryIsBounded()
    {
        var lines = await LinesAsync(new string('x', (OutputPump.LongestLine * 2) + 7));

        Assert.Equal([OutputPump.LongestLine, OutputPump.LongestLine, 7], lines.Select(line => line.Length));
    }

    private static async Task<List<string>> LinesAsync(string text)
    {
        var lines = new List<string>();
        await OutputPump.RunAsync(new StringReader(text), lines.Add);
        return lines;
    }
}
