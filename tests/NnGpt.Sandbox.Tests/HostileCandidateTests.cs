using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>Hostile files through the real worker: each gets a verdict, and the next file is still validated.</summary>
public sealed class HostileCandidateTests(RealWorker worker) : IClassFixture<RealWorker>
{
    // What may be either is bounded by time or by memory, whichever comes first. No reason: any of the candidate's own.
    public static TheoryData<string, string, RejectionReason[]> Files => new()
    {
        { "socket", "import socket\nsocket.create_connection(('127.0.0.1', 80))", [RejectionReason.Import] },
        { "urllib", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1')", [RejectionReason.Import] },
        { "passwd", "text = open('/etc/passwd').read()", [RejectionReason.Name] },
        { "fork", "import os\nwhile True:\n    os.fork()", [RejectionReason.Import] },
        { "import function", "__import__('os').system('true')", [RejectionReason.Name] },
        { "subprocess", "import subprocess\nsubprocess.run(['true'])", [RejectionReason.Import] },
        { "eval", "eval('1 + 1')", [RejectionReason.Name] },
        { "exec", "exec('import os')", [RejectionReason.Name] },
        { "ctypes", "import ctypes\nctypes.string_at(0)", [RejectionReason.Import] },
        { "pickle", "import pickle\npickle.loads(b'')", [RejectionReason.Import] },
        { "torch.load", "import torch\ntorch.load('/etc/passwd')", [RejectionReason.Value] },
        { "numpy file", "import numpy\nnumpy.fromfile('/etc/passwd')", [] },
        { "subclasses", "().__class__.__bases__[0].__subclasses__()[0]().system('true')", [RejectionReason.Attribute] },
        { "globals", "(lambda: 0).__globals__['__builtins__']['open']('/etc/passwd')", [RejectionReason.Attribute] },
        { "loop", "while True:\n    pass", [RejectionReason.Time] },
        { "long range", "for i in range(10 ** 18):\n    pass", [RejectionReason.Time] },
        { "sum of a long range", "sum(range(10 ** 15))", [RejectionReason.Time] },
        { "print flood", "while True:\n    print('x' * 1000)", [RejectionReason.Time, RejectionReason.Memory] },
        { "100 GB tensor", "import torch\nx = torch.zeros(25_000_000_000)\nx += 1", [RejectionReason.Memory] },
        { "many tensors", "import torch\nx = []\nwhile True:\n    x.append(torch.ones(1_000_000))", [RejectionReason.Time, RejectionReason.Memory] },
        { "long list", "x = [0]\nwhile True:\n    x = x + x", [RejectionReason.Time, RejectionReason.Memory] },
        { "long string", "x = 'a' * 10 ** 12", [RejectionReason.Memory] },
        { "doubling string", "x = 'ab'\nwhile True:\n    x += x", [RejectionReason.Time, RejectionReason.Memory] },
        { "giant integer", "x = 10 ** 10 ** 10", [RejectionReason.Memory] },
        { "giant shift", "x = 1 << (1 << 60)", [RejectionReason.Memory] },
        { "recursion", "def f(n):\n    return f(n + 1) + 1\nf(0)", [RejectionReason.Value] },
        { "recursive repr", "x = []\nx.append(x)\nwhile True:\n    x = [x, repr(x)]", [RejectionReason.Time, RejectionReason.Memory] },
        { "deep nesting", new string('(', 100_000) + new string(')', 100_000), [RejectionReason.Syntax] },
        { "deep unary", new string('-', 100_000) + "1", [RejectionReason.Syntax] },
        { "giant line", "x = " + string.Join(" + ", Enumerable.Repeat("1", 100_000)) + "\nwhile True: pass", [RejectionReason.Syntax] },
        { "no text", "\0\0\0\0", [RejectionReason.Syntax] },
        { "exit", "raise SystemExit(0)", [RejectionReason.Value] },
        { "swallow everything", "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass", [RejectionReason.Time] },
        { "bad strides", "import torch\nx = torch.zeros(4).as_strided((1000, 1000), (1000, 1000))\nx += 1", [] },
        { "bad storage", "import torch\nx = torch.zeros(4)\nx.set_()\nx.resize_(10 ** 12)", [] },
        { "out argument", "import torch\ntorch.add(torch.zeros(4), 1, out=torch.zeros(4, dtype=torch.int8))", [] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Validate_HostileFile_GetsAVerdictAndTheNextIsValid(string name, string source, RejectionReason[] expected)
    {
        var outcome = await worker.ValidateAsync(source, seconds: 2);
        string verdict = $"{name}: {outcome.Reason} {outcome.Error?.Type}: {outcome.Error?.Message}";
        Assert.False(outcome.Valid, verdict);
        Assert.True(expected.Length == 0 ? outcome.Reason is not (RejectionReason.Unspecified or RejectionReason.WorkerDied) : expected.Contains(outcome.Reason), verdict);
        var next = await worker.ValidateAsync(RealWorker.Source("plain.py"));
        Assert.True(next.Valid, $"after {name}: {next.Reason} {next.Error?.Message}");
    }

    [Fact]
    public async Task Validate_GiantLayer_IsRefusedBeforeItIsMade()
    {
        string source = RealWorker.Source("plain.py").Replace("nn.Linear(16 * 4 * 4,", "nn.Linear(16 * 4 * 4 * 10 ** 9,", StringComparison.Ordinal);
        var outcome = await worker.ValidateAsync(source);
        Assert.True(outcome.Reason is RejectionReason.Parameters or RejectionReason.Memory, $"{outcome.Reason}: {outcome.Error?.Message}");
    }

    [Fact]
    public async Task Validate_SameFileAfterOthers_GivesTheSameNumbers()
    {
        var first = await worker.ValidateAsync(RealWorker.Source("residual.py"));
        await worker.ValidateAsync("import torch\ntorch.manual_seed(99)\ntorch.nn.Linear = None\ntorch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)");
        await worker.ValidateAsync(RealWorker.Source("perceptron.py"));
        var again = await worker.ValidateAsync(RealWorker.Source("residual.py"));
        Assert.True(first.Valid, first.Error?.Message);
        Assert.True(again.Valid, again.Error?.Message);
        Assert.Equal(first.OutputSum, again.OutputSum);
        Assert.Equal(first.Losses, again.Losses);
    }
}
