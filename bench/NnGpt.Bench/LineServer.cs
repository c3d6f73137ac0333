using System.Diagnostics;

namespace NnGpt.Bench;

/// <summary>A process that answers each line it reads with a line; one thread for all numeric libraries.</summary>
internal sealed class LineServer : IDisposable
{
    public const string Python = "/usr/bin/python3";

    private readonly Process _process;

    public LineServer(string program, params IEnumerable<string> arguments)
        : this(program, new Dictionary<string, string>(), arguments)
    {
    }

    public LineServer(string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = StartInfo(program, arguments);
        start.RedirectStandardInput = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        _process = Process.Start(start)!;
    }

    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended");
    }

    /// <summary>Runs a process to its end.</summary>
    public static void RunOnce(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return start;
    }
}
