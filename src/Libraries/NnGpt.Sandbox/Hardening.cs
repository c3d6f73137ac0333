using System.Runtime.InteropServices;

namespace NnGpt.Sandbox;

/// <summary>The worker's own part of its confinement, through libnngpt-hardening.so.</summary>
public static partial class Hardening
{
    /// <summary>
    /// From here on no thread of this process can start a process, open a file for writing, make a socket, signal
    /// or trace another process: only the system calls of computing and answering are left (seccomp, TSYNC).
    /// </summary>
    /// <returns>0, or the errno that prevented it.</returns>
    public static int Apply() => NativeHarden();

    /// <summary>Tries something that must not succeed.</summary>
    /// <param name="name">An entry of <see cref="Attempts"/>.</param>
    /// <returns>0: it succeeded; above 0: refused with this errno; -1: no attempt of that name.</returns>
    public static int Attempt(string name) => NativeAttempt(name);

    /// <summary>Everything <see cref="Attempt"/> can try, by what it is after.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> AttemptsByClass { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["reading files"] =
        [
            "read-passwd", "read-shadow", "read-host-name", "read-parent-environment", "read-process-one", "read-kernel-messages", "read-kernel-core",
            "list-root", "list-home", "list-temporary", "read-through-symlink", "read-through-parent", "read-through-descriptor", "open-by-handle", "name-to-handle",
        ],
        ["changing files"] =
        [
            "write-file", "write-device", "write-library", "write-kernel-setting", "write-own-memory", "write-out-of-memory-score", "open-terminal",
            "temporary-file", "memory-file", "secret-memory", "make-directory", "make-symlink", "make-device", "change-mode", "change-owner", "set-times",
            "set-attribute", "remove-file", "truncate-file", "rename-file", "link-file", "watch-files", "watch-file-system",
        ],
        ["network"] =
        [
            "socket-inet", "socket-inet6", "socket-unix", "socket-netlink", "socket-packet", "socket-vsock", "socket-raw", "socket-pair", "send", "connect",
        ],
        ["new processes"] = ["fork", "clone", "clone-vfork", "clone3", "exec", "exec-at"],
        ["other processes"] =
        [
            "kill-parent", "kill-init", "kill-everyone", "kill-group-of-parent", "queue-signal", "signal-thread-of-parent", "signal-by-descriptor", "ptrace",
            "read-memory-of-parent", "write-memory-of-parent", "pidfd", "descriptor-of-parent", "compare-processes", "priority-of-parent", "limits-of-parent",
            "outlive-parent", "dumpable",
        ],
        ["namespaces and mounts"] =
        [
            "clone-user-namespace", "clone-network-namespace", "unshare", "setns", "mount", "unmount", "open-tree", "new-file-system", "pivot-root", "chroot",
        ],
        ["kernel interfaces"] =
        [
            "io-uring", "io-uring-register", "asynchronous-io", "userfaultfd", "bpf", "perf-event", "keyring", "splice", "vmsplice", "load-module", "load-kernel",
            "port-access", "segment-table", "x32", "kernel-log",
        ],
        ["the machine"] = ["reboot", "swap", "accounting", "set-clock", "quota", "host-name"],
        ["shared memory"] = ["shared-memory", "semaphore", "message-queue", "posix-message-queue"],
        ["identity and limits"] = ["set-user", "set-capabilities", "personality", "raise-limit", "allocate-100-gb"],
    };

    /// <summary>Everything <see cref="Attempt"/> can try.</summary>
    public static IReadOnlyList<string> Attempts { get; } = [.. AttemptsByClass.Values.SelectMany(names => names)];

    [LibraryImport("nngpt-hardening", EntryPoint = "nngpt_harden")]
    private static partial int NativeHarden();

    [LibraryImport("nngpt-hardening", EntryPoint = "nngpt_attempt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeAttempt(string name);
}
