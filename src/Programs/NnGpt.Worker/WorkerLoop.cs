using System.Reflection;
using NnGpt.Protocol.V1;
using NnGpt.Python;
using NnGpt.Sandbox;
using NnGpt.Torch;

namespace NnGpt.Worker;

/// <summary>Warm up, give up all authority, say so, then answer one request after the other until the pipe ends.</summary>
internal static class WorkerLoop
{
    // Things that a confined worker must fail to do; tried once at the start, because a filter that is not in force is worse than none.
    private static readonly string[] s_mustFail = ["socket-unix", "fork", "clone", "write-file", "kill-parent", "memory-file"];

    // Grad mode, the number of threads and scopes of libtorch belong to a thread: all the work is done on this one.
    public static int Run(WorkerArguments arguments, ProtocolStreams streams) => LargeStackThread.Run(() => Serve(arguments, streams));

    private static int Serve(WorkerArguments arguments, ProtocolStreams streams)
    {
        using (streams)
        {
            var torch = TorchRuntime.SelfCheck();
            if (!torch.IsHealthy)
            {
                Console.Error.WriteLine(torch.Message);
                if (torch.Version.Length == 0)
                {
                    return 1;
                }
            }
            TorchThreads.Count = arguments.TorchThreads;
            var data = new LoadedData(arguments.DataDirectory);
            var judge = new Judge(data, arguments.MemoryBytes);
            if (WarmUp.Run() is { } problem || (arguments.Dataset is not null && data.TryLoad(arguments.Dataset, out problem) is null))
            {
                Console.Error.WriteLine(problem);
                return 1;
            }
            string layers = Environment.GetEnvironmentVariable("NNGPT_SANDBOX") ?? "none";
            if (arguments.Harden)
            {
                if (Harden() is { } weakness)
                {
                    Console.Error.WriteLine(weakness);
                    return 1;
                }
                layers += "+hardening";
            }
            if (arguments.Fence is { } fence)
            {
                MemoryLimit.Fence(behind: fence == "behind");
            }
            Answer(judge, layers, streams);
            return 0;
        }
    }

    private static string? Harden()
    {
        int error = Hardening.Apply();
        if (error != 0)
        {
            return $"The worker cannot be hardened: errno {error}.";
        }
        return s_mustFail.FirstOrDefault(attempt => Hardening.Attempt(attempt) <= 0) is { } possible
            ? $"The worker is hardened and can still do \"{possible}\"." : null;
    }

    private static void Answer(Judge judge, string layers, ProtocolStreams streams)
    {
        var memory = new MemoryKeeper();
        string version = typeof(WorkerLoop).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        Write(streams, new WorkerReady { Version = version, Sandbox = layers, ProcessId = Environment.ProcessId });
        while (WorkerFrames.ReadAsync(streams.Input, WorkerRequest.Parser, CancellationToken.None).GetAwaiter().GetResult() is { } request)
        {
            Write(streams, judge.Answer(request));
            if (!memory.Recover())
            {
                return; // the pool replaces a worker that has grown for good
            }
        }
    }

    private static void Write(ProtocolStreams streams, Google.Protobuf.IMessage message) =>
        WorkerFrames.WriteAsync(streams.Output, message, CancellationToken.None).GetAwaiter().GetResult();
}
