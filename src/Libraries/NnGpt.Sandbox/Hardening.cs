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

    /// <summary>Everything <see cref="Attempt"/> can try.</summary>
    public static IReadOnlyList<string> Attempts { get; } =
    [
        "read-passwd", "read-parent-environment", "read-kernel-messages", "list-root", "write-file", "write-device", "make-directory", "make-symlink",
        "make-device", "change-mode", "remove-file", "memory-file", "open-by-handle", "socket-inet", "socket-inet6",
        "socket-unix", "socket-netlink", "fork", "clone", "clone-user-namespace", "clone3", "exec", "kill-parent",
        "kill-init", "signal-thread-of-parent", "ptrace", "read-memory-of-parent", "pidfd", "io-uring", "userfaultfd",
        "bpf", "perf-event", "keyring", "unshare", "setns", "mount", "chroot", "set-user", "raise-limit", "host-name",
        "shared-memory", "x32", "allocate-100-gb",
    ];

    [LibraryImport("nngpt-hardening", EntryPoint = "nngpt_harden")]
    private static partial int NativeHarden();

    [LibraryImport("nngpt-hardening", EntryPoint = "nngpt_attempt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeAttempt(string name);
}
