namespace NnGpt.Sandbox.Tests;

/// <summary>Each kernel layer alone, and all together, against what a broken-out candidate would try.</summary>
public sealed class SandboxLayerTests
{
    [Theory]
    [MemberData(nameof(Single))]
    public async Task Layer_Alone_RefusesItsShare(SandboxLayers layer, string[] refused)
    {
        Assert.SkipUnless(TestPools.Capabilities.Layers.HasFlag(layer), $"{layer} does not work here: {TestPools.Capabilities}.");
        await using var pool = TestPools.Create(o => (o.Layers, o.AllowUnsandboxed) = (layer, true));
        foreach (string attempt in refused)
        {
            string result = (await pool.SayAsync($"attempt {attempt}")).Error.Message;
            Assert.True(int.Parse(result) > 0, $"{layer} let {attempt} happen ({result}).");
        }
    }

    public static TheoryData<SandboxLayers, string[]> Single => new()
    {
        {
            SandboxLayers.Bubblewrap,
            ["read-passwd", "list-root", "write-file", "make-directory", "make-symlink", "make-device", "mount", "read-kernel-messages"]
        },
        {
            SandboxLayers.Landlock,
            ["read-passwd", "list-root", "read-parent-environment", "write-file", "make-directory", "make-symlink", "make-device", "mount", "ptrace"]
        },
        {
            SandboxLayers.Seccomp,
            [
                "make-directory", "make-symlink", "make-device", "change-mode", "remove-file", "open-by-handle",
                "socket-inet", "socket-inet6", "socket-unix", "socket-netlink", "fork", "clone", "clone-user-namespace", "clone3",
                "ptrace", "read-memory-of-parent", "pidfd", "io-uring", "userfaultfd", "bpf", "perf-event", "keyring", "unshare",
                "setns", "mount", "chroot", "set-user", "host-name", "shared-memory", "x32",
            ]
        },
        {
            SandboxLayers.Hardening,
            [.. Hardening.Attempts.Except(["read-passwd", "read-parent-environment", "read-kernel-messages", "list-root"])]
        },
        { SandboxLayers.None, ["raise-limit", "make-device", "set-user", "chroot", "host-name", "allocate-100-gb"] },
    };

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

    [Fact]
    public async Task Attempts_WithoutBubblewrap_AreRefused()
    {
        Assert.SkipUnless(SandboxCapabilities.IsSufficient(TestPools.Capabilities.Layers & ~SandboxLayers.Bubblewrap), $"Found {TestPools.Capabilities}.");
        await AssertAllRefused(SandboxLayers.All & ~SandboxLayers.Bubblewrap, "attempt");
    }

    [Fact]
    public async Task Attempts_WithoutLandlock_AreRefused()
    {
        Assert.SkipUnless(TestPools.Capabilities.Bubblewrap is not null, $"Found {TestPools.Capabilities}.");
        await AssertAllRefused(SandboxLayers.All & ~SandboxLayers.Landlock, "attempt", except: ["read-parent-environment"]); // the namespace's own init
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
        string[] prefixes = ["OPENBLAS_", "OMP_", "ATEN_", "DOTNET_", "PATH", "LANG", "HOME", "LD_LIBRARY_PATH", "NNGPT_SANDBOX", "PWD"];
        Assert.All(names, name => Assert.Contains(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Contains("DOTNET_EnableDiagnostics", names);
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
        foreach (string attempt in Hardening.Attempts.Except(except ?? []))
        {
            string result = (await pool.SayAsync($"{verb} {attempt}")).Error.Message;
            Assert.True(int.Parse(result) > 0, $"{layers} let {attempt} happen ({result}).");
        }
    }
}
