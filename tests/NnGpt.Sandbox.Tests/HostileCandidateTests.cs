using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>Hostile files through the real worker: each gets a verdict, and the next file is still validated.</summary>
public sealed class HostileCandidateTests(RealWorker worker) : IClassFixture<RealWorker>
{
    public static TheoryData<string, string> Files => new()
    {
        { "socket", "import socket\nsocket.create_connection(('127.0.0.1', 80))" },
        { "urllib", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1')" },
        { "passwd", "text = open('/etc/passwd').read()" },
        { "fork", "import os\nwhile True:\n    os.fork()" },
        { "import function", "__import__('os').system('true')" },
        { "subprocess", "import subprocess\nsubprocess.run(['true'])" },
        { "eval", "eval('1 + 1')" },
        { "exec", "exec('import os')" },
        { "ctypes", "import ctypes\nctypes.string_at(0)" },
        { "pickle", "import pickle\npickle.loads(b'')" },
        { "torch.load", "import torch\ntorch.load('/etc/passwd')" },
        { "numpy file", "import numpy\nnumpy.fromfile('/etc/passwd')" },
        { "subclasses", "().__class__.__bases__[0].__subclasses__()[0]().system('true')" },
        { "globals", "(lambda: 0).__globals__['__builtins__']['open']('/etc/passwd')" },
        { "loop", "while True:\n    pass" },
        { "long range", "for i in range(10 ** 18):\n    pass" },
        { "sum of a long range", "sum(range(10 ** 15))" },
        { "print flood", "while True:\n    print('x' * 1000)" },
        { "100 GB tensor", "import torch\nx = torch.zeros(25_000_000_000)\nx += 1" },
        { "many tensors", "import torch\nx = []\nwhile True:\n    x.append(torch.ones(1_000_000))" },
        { "long list", "x = [0]\nwhile True:\n    x = x + x" },
        { "long string", "x = 'a' * 10 ** 12" },
        { "doubling string", "x = 'ab'\nwhile True:\n    x += x" },
        { "giant integer", "x = 10 ** 10 ** 10" },
        { "giant shift", "x = 1 << (1 << 60)" },
        { "recursion", "def f(n):\n    return f(n + 1) + 1\nf(0)" },
        { "recursive repr", "x = []\nx.append(x)\nwhile True:\n    x = [x, repr(x)]" },
        { "deep nesting", new string('(', 100_000) + new string(')', 100_000) },
        { "deep unary", new string('-', 100_000) + "1" },
        { "giant line", "x = " + string.Join(" + ", Enumerable.Repeat("1", 100_000)) + "\nwhile True: pass" },
        { "no text", "\0\0\0\0" },
        { "exit", "raise SystemExit(0)" },
        { "swallow everything", "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass" },
        { "bad strides", "import torch\nx = torch.zeros(4).as_strided((1000, 1000), (1000, 1000))\nx += 1" },
        { "bad storage", "import torch\nx = torch.zeros(4)\nx.set_()\nx.resize_(10 ** 12)" },
        { "out argument", "import torch\ntorch.add(torch.zeros(4), 1, out=torch.zeros(4, dtype=torch.int8))" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Validate_HostileFile_GetsAVerdictAndTheNextIsValid(string name, string source)
    {
        var outcome = await worker.ValidateAsync(source, seconds: 2);
        Assert.False(outcome.Valid, name);
        Assert.NotEqual(RejectionReason.Unspecified, outcome.Reason);
        Assert.NotNull(outcome.Error);
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
