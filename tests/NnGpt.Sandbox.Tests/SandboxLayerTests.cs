using System.Globalization;

namespace NnGpt.Sandbox.Tests;

/// <summary>Each kernel layer alone, and all together, against what a broken-out candidate would try.</summary>
public sealed class SandboxLayerTests
{
    // Columns of the table in docs/security.md.
    private static readonly SandboxLayers[] s_columns =
        [SandboxLayers.None, SandboxLayers.Bubblewrap, SandboxLayers.Landlock, SandboxLayers.Seccomp, SandboxLayers.Hardening];

    public static TheoryData<SandboxLayers> Layers => [.. s_columns];

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Layer_Alone_RefusesWhatTheDocumentSays(SandboxLayers layer)
    {
        Assert.SkipUnless((TestPools.Capabilities.Layers & layer) == layer, $"{layer} does not work here: {TestPools.Capabilities}.");
        await using var pool = TestPools.Create(o => (o.Layers, o.AllowUnsandboxed) = (layer, true));
        int column = Array.IndexOf(s_columns, layer) + 1;
        List<string> failures = [];
        foreach (string[] row in SecurityDocument.Table("attempt").Skip(1).Where(row => row[column] == "no"))
        {
            string result = (await pool.SayAsync($"attempt {row[0]}")).Error.Message;
            if (int.Parse(result) <= 0)
            {
                failures.Add($"{row[0]} ({result})");
            }
        }
        Assert.True(failures.Count == 0, $"{layer} let happen: {string.Join(", ", failures)}");
    }

    [Fact]
    public void Document_KernelTables_CountAndNameEveryAttempt()
    {
        var counts = Hardening.AttemptsByClass.Select(entry => (entry.Key, entry.Value.Count.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(counts, SecurityDocument.Table("after breaking out").Skip(1).Select(row => (row[0], row[1])));
        Assert.Equal(Hardening.Attempts, SecurityDocument.Table("attempt").Skip(1).Select(row => row[0]));
    }

    [Fact]
    public async Task Attempts_Unconfined_CanSucceed()
    {
        // What the layers are tested with is real: without them it works.
        await using var pool = TestPools.Create(o => (o.Layers, o.AllowUnsandboxed) = (SandboxLayers.None, true));
        foreach (string attempt in new[] { "read-passwd", "socket-unix", "fork", "clone", "write-device", "memory-file", "pidfd", "kill-parent" })
        {
            Assert.Equal("0", (await pool.SayAsync($"attempt {attempt}")).Error.Message);
        }
    }

    [Fact]
    public async Task Attempts_AllLayers_AreRefused() => await AssertAllRefused(SandboxLayers.All, "attempt");

    [Fact]
    public async Task Attempts_AllLayersOnANewThread_AreRefused() => await AssertAllRefused(SandboxLayers.All, "attempt-on-new-thread");

    // Each layer switched off in turn. What the others let happen then is of this process or its namespace alone.
    public static TheoryData<SandboxLayers, string[]> SwitchedOff => new()
    {
        { SandboxLayers.Bubblewrap, [] },
        { SandboxLayers.Landlock, s_ofItsOwnNamespace },
        { SandboxLayers.Seccomp, [] },
        { SandboxLayers.Hardening, [.. s_ofItsOwnNamespace, "memory-file", "exec", "exec-at", "kill-parent", "kill-init", "kill-everyone", "kill-group-of-parent", "signal-thread-of-parent", "priority-of-parent", "limits-of-parent", "outlive-parent", "dumpable", "write-own-memory", "write-out-of-memory-score", "write-device"] },
    };

    private static readonly string[] s_ofItsOwnNamespace = ["read-parent-environment", "read-process-one", "read-through-descriptor"];

    [Theory]
    [MemberData(nameof(SwitchedOff))]
    public async Task Attempts_OneLayerSwitchedOff_AreRefusedByTheOthers(SandboxLayers without, string[] except)
    {
        var rest = SandboxLayers.All & ~without;
        Assert.SkipUnless((TestPools.Capabilities.Layers & rest) == rest, $"Found {TestPools.Capabilities}.");
        await AssertAllRefused(rest, "attempt", except);
    }

    [Fact]
    public async Task Attempt_OfNoName_IsNoSuccess()
    {
        await using var pool = TestPools.Create();
        Assert.Equal("-1", (await pool.SayAsync("attempt nothing")).Error.Message);
    }

    [Fact]
    public async Task Environment_OfAWorker_HoldsNoSecrets()
    {
        Environment.SetEnvironmentVariable("NNGPT_TEST_SECRET", "hunter2");
        await using var pool = TestPools.Create();
        string[] names = (await pool.SayAsync("environment")).Error.Message.Split('\n');
        string[] prefixes = ["OPENBLAS_", "OMP_", "ATEN_", "DOTNET_", "GLIBC_TUNABLES", "PATH", "LANG", "HOME", "LD_LIBRARY_PATH", "NNGPT_SANDBOX", "PWD"];
        Assert.All(names, name => Assert.Contains(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Contains("DOTNET_EnableDiagnostics", names);
        Assert.All(WorkerTuning.Variables.Keys, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task Descriptors_OfAWorker_LeadToNoFileOrSocketOfTheHost()
    {
        using var secret = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        await using var pool = TestPools.Create();
        string descriptors = (await pool.SayAsync("descriptors")).Error.Message;
        Assert.DoesNotContain(secret.Name, descriptors);
        Assert.DoesNotContain("socket:", descriptors);
    }

    [Fact]
    public async Task DataDirectory_OfAWorker_IsReadable()
    {
        string folder = Directory.CreateTempSubdirectory("nngpt-sandbox-").FullName;
        File.WriteAllText(Path.Combine(folder, "data"), "12345");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/passwd");
        await using (var pool = TestPools.Create(o => o.DataDirectory = folder))
        {
            Assert.Equal("5", (await pool.SayAsync($"read {folder}/data")).Error.Message);
            Assert.NotEqual("0", (await pool.SayAsync($"read {folder}/link")).Error.Message);
            Assert.Matches("Exception$", (await pool.SayAsync($"read {folder}/link")).Error.Message); // a link is no way out
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task AssertAllRefused(SandboxLayers layers, string verb, string[]? except = null)
    {
        await using var pool = TestPools.Create(o => o.Layers = layers);
        List<string> failures = [];
        foreach (string attempt in Hardening.Attempts.Except(except ?? []))
        {
            string result = (await pool.SayAsync($"{verb} {attempt}")).Error.Message;
            if (int.Parse(result) <= 0)
            {
                failures.Add($"{attempt} ({result})");
            }
        }
        Assert.True(failures.Count == 0, $"{layers} let happen: {string.Join(", ", failures)}");
    }
}
