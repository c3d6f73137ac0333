using System.Collections;
using System.Diagnostics;

namespace NnGpt.Sandbox;

/// <summary>How a worker is started on this machine: the program, its arguments and its environment.</summary>
internal sealed class WorkerCommand
{
    // Room beside the candidate's memory for the runtime's own reservations, which RLIMIT_DATA counts and RSS does not.
    private const long Overhead = 1L << 30;

    private static readonly string[] s_keptVariables = ["OPENBLAS_", "OMP_", "ATEN_", "LD_LIBRARY_PATH"];

    private readonly WorkerPoolOptions _options;
    private readonly string _workerPath;
    private readonly string _launcher;
    private readonly string? _bubblewrap;

    private WorkerCommand(WorkerPoolOptions options, string workerPath, string launcher, string? bubblewrap, SandboxLayers layers)
    {
        _options = options;
        _workerPath = workerPath;
        _launcher = launcher;
        _bubblewrap = bubblewrap;
        Layers = layers;
    }

    /// <summary>The layers that will be in force.</summary>
    public SandboxLayers Layers { get; }

    /// <summary>Chooses the layers that work here.</summary>
    /// <exception cref="SandboxUnavailableException">They do not suffice.</exception>
    /// <exception cref="WorkerStartException">A file of the worker is missing.</exception>
    public static WorkerCommand Create(WorkerPoolOptions options)
    {
        string workerPath = Path.GetFullPath(options.WorkerPath ?? Path.Combine(AppContext.BaseDirectory, "worker", "NnGpt.Worker.dll"));
        string launcher = Path.Combine(Path.GetDirectoryName(workerPath)!, "nngpt-sandbox");
        foreach (string file in new[] { workerPath, launcher })
        {
            if (!File.Exists(file))
            {
                throw new WorkerStartException($"{file} is missing: build the solution, or set WorkerPath to NnGpt.Worker.dll.");
            }
        }
        var capabilities = SandboxProbe.Run(launcher);
        var layers = capabilities.Layers & options.Layers;
        if (!SandboxCapabilities.IsSufficient(layers) && !options.AllowUnsandboxed)
        {
            throw new SandboxUnavailableException(
                "This machine cannot confine the processes that run generated code: it needs bubblewrap, or a kernel with Landlock and seccomp. "
                + $"Found {capabilities}. Setting AllowUnsandboxed to true goes on without; do that only inside a virtual machine that holds nothing of value.");
        }
        return new WorkerCommand(options, workerPath, launcher, layers.HasFlag(SandboxLayers.Bubblewrap) ? capabilities.Bubblewrap : null, layers);
    }

    public ProcessStartInfo StartInfo(params IEnumerable<string> workerArguments)
    {
        List<string> readable = [SystemPaths.DotnetRoot, Path.GetDirectoryName(_workerPath)!, .. _options.ReadOnlyPaths.Select(Path.GetFullPath)];
        if (_options.DataDirectory is { Length: > 0 } data)
        {
            readable.Add(Path.GetFullPath(data));
        }
        if (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") is { } libraries)
        {
            readable.AddRange(libraries.Split(':', StringSplitOptions.RemoveEmptyEntries));
        }

        List<string> command = [_launcher];
        if (_bubblewrap is not null)
        {
            command.InsertRange(0, [_bubblewrap, .. BubblewrapArguments.Build(readable)]);
            command.AddRange(["--processes", "512"]);
        }
        else
        {
            command.AddRange(["--parent", Environment.ProcessId.ToString()]);
        }
        if (Layers.HasFlag(SandboxLayers.Landlock))
        {
            command.Add("--landlock");
            command.AddRange(SystemPaths.Readable.Concat(readable).SelectMany(path => new[] { "--ro", path }));
            command.AddRange(SystemPaths.Writable.SelectMany(path => new[] { "--rw", path }));
        }
        if (Layers.HasFlag(SandboxLayers.Seccomp))
        {
            command.Add("--seccomp");
        }
        command.AddRange(
        [
            "--data", (_options.MemoryBytes + Overhead).ToString(),
            "--cpu", _options.ProcessorSeconds.ToString(),
            "--files", "256",
            "--file-size", (4L << 30).ToString(), // the runtime's in-memory file for JIT code; 0 after warm-up
            "--", Path.Combine(SystemPaths.DotnetRoot, "dotnet"), "exec", _workerPath, .. workerArguments,
        ]);
        if (Layers.HasFlag(SandboxLayers.Hardening))
        {
            command.Add("--harden");
        }

        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        SetEnvironment(start.Environment);
        return start;
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (s_keptVariables.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                environment[name] = (string?)variable.Value;
            }
        }
        string threads = _options.WorkerTorchThreads.ToString();
        environment["PATH"] = "/usr/bin:/bin";
        environment["LANG"] = "C.UTF-8";
        environment["HOME"] = "/nonexistent";
        environment["OMP_NUM_THREADS"] = threads;
        environment["OPENBLAS_NUM_THREADS"] = threads;
        foreach (var (name, value) in WorkerTuning.Variables)
        {
            environment.TryAdd(name, value);
        }
        environment["DOTNET_ROOT"] = SystemPaths.DotnetRoot;
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = (_options.MemoryBytes / 4 * 3).ToString("x");
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
