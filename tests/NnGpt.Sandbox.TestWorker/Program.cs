// A worker without a language or torch that does what the "source" it is given says: it misbehaves in every way a
// real one could if a candidate broke out, or tries what the kernel must refuse. It is confined like the real one.
using System.Runtime.InteropServices;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

if (args is ["--host"])
{
    return await TestHost.RunAsync();
}
using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
string layers = Environment.GetEnvironmentVariable("NNGPT_SANDBOX") ?? "none";
if (args.Contains("--harden"))
{
    int error = Hardening.Apply();
    if (error != 0)
    {
        Console.Error.WriteLine($"hardening failed: {error}");
        return 1;
    }
    layers += "+hardening";
}
await WorkerFrames.WriteAsync(output, new WorkerReady { Version = "test", Sandbox = layers, ProcessId = Environment.ProcessId }, default);
int served = 0;
while (await WorkerFrames.ReadAsync(input, WorkerRequest.Parser, default) is { } request)
{
    string source = request.WorkCase == WorkerRequest.WorkOneofCase.Train ? request.Train.Source : request.Validate.Source;
    string[] words = source.Split(' ');
    string answer = $"served {++served}";
    switch (words[0])
    {
        case "attempt":
            answer = Hardening.Attempt(words[1]).ToString();
            break;
        case "attempt-on-new-thread": // TSYNC and inheritance: every thread is bound, also one started afterwards
            var thread = new Thread(() => answer = Hardening.Attempt(words[1]).ToString());
            thread.Start();
            thread.Join();
            break;
        case "environment":
            answer = string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order());
            break;
        case "descriptors":
            answer = string.Join(' ', new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(f => $"{f.Name}={f.LinkTarget}"));
            break;
        case "read":
            try
            {
                answer = File.ReadAllText(words[1]).Length.ToString();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                answer = error.GetType().Name;
            }
            break;
        case "hang":
            while (true)
            {
                Thread.SpinWait(1000);
            }
        case "hang-on-all-threads":
            for (int i = 0; i < 8; i++)
            {
                new Thread(() => { while (true) { Thread.SpinWait(1000); } }).Start();
            }
            Thread.Sleep(Timeout.Infinite);
            break;
        case "exit":
            return 7;
        case "crash":
            unsafe
            {
                *(int*)0x10 = 1;
            }
            break;
        case "recurse":
            answer = Recurse(0).ToString();
            break;
        case "flood":
            byte[] flood = new byte[1 << 20];
            Array.Fill(flood, (byte)0xff);
            while (true)
            {
                output.Write(flood);
            }
        case "flood-errors":
            while (true)
            {
                Console.Error.WriteLine(new string('x', 10_000));
            }
        case "announce": // a length far above the limit
            output.Write([0xff, 0xff, 0xff, 0xff, 0x07]);
            break;
        case "garbage":
            output.Write("\x06Traceback (most recent call last): oops"u8);
            break;
        case "half": // the beginning of a message, then nothing
            output.Write([100, 1, 2, 3]);
            return 0;
        case "other-id":
            request.Id += 1;
            break;
        case "touch": // grows until the host or the kernel objects
            List<IntPtr> blocks = [];
            while (true)
            {
                unsafe
                {
                    byte* block = (byte*)NativeMemory.Alloc(16 << 20);
                    NativeMemory.Fill(block, 16 << 20, 1);
                    blocks.Add((IntPtr)block);
                }
            }
        case "managed":
            List<byte[]> arrays = [];
            while (true)
            {
                arrays.Add(new byte[64 << 20]);
            }
    }
    var response = new WorkerResponse { Id = request.Id };
    var code = new CodeError { Type = "Test", Message = answer };
    if (request.WorkCase == WorkerRequest.WorkOneofCase.Train)
    {
        response.Training = new TrainingOutcome { Scored = true, Error = code };
    }
    else
    {
        response.Validation = new ValidationOutcome { Valid = true, Error = code };
    }
    await WorkerFrames.WriteAsync(output, response, default);
}
return 0;

static int Recurse(int depth) => depth < 0 ? 0 : 1 + Recurse(depth + 1) + Recurse(depth + 2);
