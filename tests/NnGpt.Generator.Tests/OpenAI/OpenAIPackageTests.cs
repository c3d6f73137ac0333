using System.Diagnostics;

namespace NnGpt.Generator.Tests.OpenAI;

/// <summary>OpenAI's own client library for JavaScript, against the served model.</summary>
public sealed class OpenAIPackageTests
{
    [Fact]
    public async Task Client_OfOpenAI_WorksWithTheServer()
    {
        string client = Path.Combine(AppContext.BaseDirectory, "openai-client");
        Assert.True(Directory.Exists(Path.Combine(client, "node_modules", "openai")), "the build has not installed the package openai");
        await using var generator = await ServedGenerator.StartAsync();
        var start = new ProcessStartInfo("node", [Path.Combine(client, "check.mjs"), generator.BaseUrl, ServedGenerator.ModelName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await error);
        Assert.Equal("ok", output.Trim());
    }
}
