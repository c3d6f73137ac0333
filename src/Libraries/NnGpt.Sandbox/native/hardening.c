// libnngpt-hardening.so: loaded by the worker. Confines the whole process once it is warm, and tries what must
// not succeed, so that the layers can be checked from within.
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

// Forbids all that computing and answering do not need, for every thread. 0 or an errno.
EXPORT int nngpt_harden(void)
{
    struct rlimit none = { 0, 0 };
    if (setrlimit(RLIMIT_FSIZE, &none) != 0)
        return errno;
    return -install_run_filter();
}

static int opened(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    char byte;
    ssize_t got = (flags & (O_WRONLY | O_RDWR)) == 0 ? read(fd, &byte, 1) : 0; // /proc checks when it is read
    int error = got < 0 ? errno : 0;
    close(fd);
    return error;
}

static int called(long result)
{
    if (result < 0)
        return errno;
    return 0;
}

static int descriptor(long result)
{
    if (result >= 0)
        close((int)result);
    return called(result);
}

static int child(long pid)
{
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid((pid_t)pid, NULL, __WALL);
    return called(pid);
}

// A file that nobody needs, so that a success does no harm.
#define VICTIM "/tmp/nngpt-sandbox-attempt"

// Tries one thing. 0: it succeeded. Above 0: refused with this errno. -1: no attempt of that name.
EXPORT int nngpt_attempt(const char *name)
{
    char buffer[256];
    struct iovec local = { buffer, sizeof buffer }, remote = { (void *)0x10000, 16 };
#define ATTEMPT(text, expression) if (strcmp(name, text) == 0) return (expression)
    ATTEMPT("read-passwd", opened("/etc/passwd", O_RDONLY));
    ATTEMPT("read-parent-environment", opened("/proc/1/environ", O_RDONLY));
    ATTEMPT("read-kernel-messages", opened("/dev/kmsg", O_RDONLY | O_NONBLOCK));
    ATTEMPT("list-root", descriptor(open("/root", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    ATTEMPT("write-file", opened(VICTIM, O_WRONLY | O_CREAT));
    ATTEMPT("write-device", opened("/dev/null", O_WRONLY));
    ATTEMPT("make-directory", called(mkdir(VICTIM ".d", 0700)));
    ATTEMPT("make-symlink", called(symlink("/etc/passwd", VICTIM ".l")));
    ATTEMPT("make-device", called(mknod(VICTIM ".n", S_IFCHR | 0600, 0x103)));
    ATTEMPT("change-mode", called(chmod("/tmp", 01777)));
    ATTEMPT("remove-file", called(unlink(VICTIM)) == ENOENT ? 0 : errno);
    ATTEMPT("memory-file", descriptor(syscall(SYS_memfd_create, "x", 0)));
    ATTEMPT("open-by-handle", called(syscall(SYS_open_by_handle_at, AT_FDCWD, buffer, 0)));
    ATTEMPT("socket-inet", descriptor(socket(AF_INET, SOCK_STREAM, 0)));
    ATTEMPT("socket-inet6", descriptor(socket(AF_INET6, SOCK_DGRAM, 0)));
    ATTEMPT("socket-unix", descriptor(socket(AF_UNIX, SOCK_STREAM, 0)));
    ATTEMPT("socket-netlink", descriptor(socket(AF_NETLINK, SOCK_RAW, 0)));
#ifdef SYS_fork
    ATTEMPT("fork", child(syscall(SYS_fork)));
#endif
    ATTEMPT("clone", child(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)));
    ATTEMPT("clone-user-namespace", child(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)));
    ATTEMPT("clone3", called(syscall(SYS_clone3, NULL, 0)));
    ATTEMPT("exec", called(execl("/usr/bin/true", "true", (char *)NULL)));
    ATTEMPT("kill-parent", called(kill(getppid(), 0)));
    ATTEMPT("kill-init", called(kill(1, 0)));
    ATTEMPT("signal-thread-of-parent", called(syscall(SYS_tgkill, getppid(), getppid(), 0)));
    ATTEMPT("ptrace", called(ptrace(PTRACE_SEIZE, getppid(), 0, 0)));
    ATTEMPT("read-memory-of-parent", called(process_vm_readv(getppid(), &local, 1, &remote, 1, 0)) == EFAULT ? 0 : errno);
    ATTEMPT("pidfd", descriptor(syscall(SYS_pidfd_open, getppid(), 0)));
    ATTEMPT("io-uring", called(syscall(SYS_io_uring_setup, 0, NULL)) == EFAULT ? 0 : errno);
    ATTEMPT("userfaultfd", descriptor(syscall(SYS_userfaultfd, 1)));
    ATTEMPT("bpf", called(syscall(SYS_bpf, 0, NULL, 0)));
    ATTEMPT("perf-event", called(syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0)) == EFAULT ? 0 : errno);
    ATTEMPT("keyring", called(syscall(SYS_keyctl, 0, -3, 0, 0, 0)));
    ATTEMPT("unshare", called(unshare(CLONE_NEWUSER)));
    ATTEMPT("setns", called(setns(-1, 0)) == EBADF ? 0 : errno);
    ATTEMPT("mount", called(mount("none", "/tmp", "tmpfs", 0, NULL)));
    ATTEMPT("chroot", called(chroot("/usr")));
    ATTEMPT("set-user", called(syscall(SYS_setresuid, 65534, 65534, 65534)));
    ATTEMPT("raise-limit", called(setrlimit(RLIMIT_CORE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY })));
    ATTEMPT("host-name", called(sethostname("x", 1)));
    ATTEMPT("shared-memory", called(syscall(SYS_shmget, 0, 4096, 0600)));
#if defined(__x86_64__)
    ATTEMPT("x32", called(syscall(0x40000000 | SYS_getpid)));
    if (strcmp(name, "int80") == 0) { // getpid of the 32-bit table: the filter kills the process
        int result = 20;
        __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
        return result < 0 ? -result : 0;
    }
#endif
    ATTEMPT("allocate-100-gb", mmap(NULL, 100ul << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED ? errno : 0);
    return -1;
}
