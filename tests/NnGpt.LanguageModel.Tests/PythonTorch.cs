using System.Diagnostics;
using System.Globalization;

namespace NnGpt.LanguageModel.Tests;

/// <summary>Debian's Python with PyTorch, which does not run this project's code.</summary>
internal static class PythonTorch
{
    private const string Python = "/usr/bin/python3";

    // Importing torch takes seconds: once is enough to know.
    private static readonly Lazy<Task<bool>> s_installed = new(static async () => File.Exists(Python) && (await RunAsync("-c", "import torch, numpy")).Code == 0);

    /// <summary>The numbers that a script prints, a line each; skips the test where there is no PyTorch.</summary>
    public static async Task<double[]> NumbersAsync(params string[] arguments)
    {
        Assert.SkipUnless(await s_installed.Value, "Python with torch is not installed");
        (int code, string output) = await RunAsync(arguments);
        Assert.True(code == 0, output);
        return [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? output : await error);
    }
}
