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
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
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

// A system call with rubbish for arguments: whether the kernel looked at them at all.
static int reached(long result)
{
    if (result >= 0 || errno == EFAULT || errno == EINVAL || errno == EBADF || errno == ESRCH || errno == ENOENT || errno == EAGAIN)
        return 0;
    return errno;
}

// Sets what is set already, so that a success does no harm.
static int same_limits(pid_t process)
{
    struct rlimit limits;
    if (syscall(SYS_prlimit64, process, RLIMIT_NOFILE, NULL, &limits) != 0)
        return errno;
    return called(syscall(SYS_prlimit64, process, RLIMIT_NOFILE, &limits, NULL));
}

// A file that nobody needs, and one that is not there.
#define VICTIM "/tmp/nngpt-sandbox-attempt"
#define NOTHING "/tmp/nngpt-sandbox-nothing"

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
    ATTEMPT("read-shadow", opened("/etc/shadow", O_RDONLY));
    ATTEMPT("read-host-name", opened("/etc/hostname", O_RDONLY));
    ATTEMPT("read-kernel-core", opened("/proc/kcore", O_RDONLY));
    ATTEMPT("read-process-one", opened("/proc/1/maps", O_RDONLY));
    ATTEMPT("list-home", descriptor(open("/home", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    ATTEMPT("list-temporary", descriptor(open("/var/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    ATTEMPT("read-through-symlink", opened("/proc/self/root/etc/passwd", O_RDONLY));
    ATTEMPT("read-through-parent", opened("/usr/../etc/passwd", O_RDONLY));
    ATTEMPT("read-through-descriptor", opened("/proc/self/fd/../../1/environ", O_RDONLY));
    ATTEMPT("open-terminal", opened("/dev/tty", O_RDWR));
    ATTEMPT("write-library", opened("/usr/lib/os-release", O_WRONLY));
    ATTEMPT("write-kernel-setting", opened("/proc/sys/kernel/core_pattern", O_WRONLY));
    ATTEMPT("write-own-memory", opened("/proc/self/mem", O_RDWR));
    ATTEMPT("write-out-of-memory-score", opened("/proc/self/oom_score_adj", O_WRONLY));
    ATTEMPT("temporary-file", descriptor(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)));
    ATTEMPT("truncate-file", reached(truncate(NOTHING, 0)));
    ATTEMPT("rename-file", reached(rename(NOTHING, NOTHING ".r")));
    ATTEMPT("link-file", reached(link(NOTHING, NOTHING ".h")));
    ATTEMPT("change-owner", reached(chown(NOTHING, 0, 0)));
    ATTEMPT("set-times", reached(syscall(SYS_utimensat, AT_FDCWD, NOTHING, NULL, 0)));
    ATTEMPT("set-attribute", reached(syscall(SYS_setxattr, NOTHING, "user.x", "y", 1, 0)));
    ATTEMPT("name-to-handle", reached(syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr", NULL, NULL, 0)));
    ATTEMPT("watch-files", descriptor(syscall(SYS_inotify_init1, 0)));
    ATTEMPT("watch-file-system", reached(syscall(SYS_fanotify_init, 0, 0)));
    ATTEMPT("socket-packet", descriptor(socket(AF_PACKET, SOCK_RAW, 0)));
    ATTEMPT("socket-vsock", descriptor(socket(40, SOCK_STREAM, 0)));
    ATTEMPT("socket-raw", descriptor(socket(AF_INET, SOCK_RAW, 1)));
    ATTEMPT("socket-pair", called(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, buffer)));
    ATTEMPT("send", reached(syscall(SYS_sendto, -1, buffer, 1, 0, NULL, 0)));
    ATTEMPT("connect", reached(syscall(SYS_connect, -1, NULL, 0)));
#ifdef SYS_vfork
    ATTEMPT("clone-vfork", child(syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)));
#endif
    ATTEMPT("clone-network-namespace", child(syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNET | SIGCHLD, 0, 0, 0, 0)));
    ATTEMPT("exec-at", called(syscall(SYS_execveat, AT_FDCWD, "/usr/bin/true", (char *[]){ "true", NULL }, NULL, 0)));
    ATTEMPT("kill-everyone", called(kill(-1, 0)));
    ATTEMPT("kill-group-of-parent", called(kill(-getppid(), 0)) == ESRCH ? 0 : errno);
    ATTEMPT("queue-signal", reached(syscall(SYS_rt_sigqueueinfo, getppid(), 0, NULL)));
    ATTEMPT("write-memory-of-parent", reached(process_vm_writev(getppid(), &local, 1, &remote, 1, 0)));
    ATTEMPT("descriptor-of-parent", reached(syscall(SYS_pidfd_getfd, -1, 0, 0)));
    ATTEMPT("signal-by-descriptor", reached(syscall(SYS_pidfd_send_signal, -1, 0, NULL, 0)));
    ATTEMPT("compare-processes", reached(syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0)));
    ATTEMPT("priority-of-parent", called(syscall(SYS_setpriority, 0, getppid(), 20 - syscall(SYS_getpriority, 0, getppid()))));
    ATTEMPT("limits-of-parent", same_limits(getppid()));
    ATTEMPT("dumpable", called(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)));
    ATTEMPT("outlive-parent", called(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)));
    ATTEMPT("asynchronous-io", reached(syscall(SYS_io_setup, 0, NULL)));
    ATTEMPT("io-uring-register", reached(syscall(SYS_io_uring_register, -1, 0, NULL, 0)));
    ATTEMPT("secret-memory", descriptor(syscall(447, 0)));
    ATTEMPT("splice", reached(syscall(SYS_splice, -1, NULL, -1, NULL, 1, 0)));
    ATTEMPT("vmsplice", reached(syscall(SYS_vmsplice, -1, NULL, 0, 0)));
    ATTEMPT("semaphore", called(syscall(SYS_semget, 0, 1, 0600)));
    ATTEMPT("message-queue", called(syscall(SYS_msgget, 0, 0600)));
    ATTEMPT("posix-message-queue", descriptor(syscall(SYS_mq_open, "x", O_RDWR | O_CREAT, 0600, NULL)));
    ATTEMPT("load-module", reached(syscall(SYS_init_module, NULL, 0, NULL)));
    ATTEMPT("load-kernel", reached(syscall(SYS_kexec_load, 0, 0, NULL, 0)));
    ATTEMPT("reboot", reached(syscall(SYS_reboot, 0, 0, 0, NULL)));
    ATTEMPT("swap", reached(syscall(SYS_swapon, "/nonexistent", 0)));
    ATTEMPT("accounting", reached(syscall(SYS_acct, "/nonexistent")));
    ATTEMPT("set-clock", reached(syscall(SYS_clock_settime, 0, NULL)));
    ATTEMPT("kernel-log", reached(syscall(SYS_syslog, 3, NULL, -1)));
    ATTEMPT("quota", reached(syscall(SYS_quotactl, 0, NULL, 0, NULL)));
    ATTEMPT("personality", called(syscall(SYS_personality, 0x0040000)));
    ATTEMPT("set-capabilities", reached(syscall(SYS_capset, NULL, NULL)));
    ATTEMPT("open-tree", reached(syscall(SYS_open_tree, -1, "x", 0)));
    ATTEMPT("new-file-system", reached(syscall(SYS_fsopen, "tmpfs", 0xffff)));
    ATTEMPT("pivot-root", reached(syscall(SYS_pivot_root, "/usr", "/usr")));
    ATTEMPT("unmount", reached(syscall(SYS_umount2, "/nonexistent", 0)));
#if defined(__x86_64__)
    ATTEMPT("port-access", reached(syscall(SYS_iopl, 0)));
    ATTEMPT("segment-table", reached(syscall(SYS_modify_ldt, 0x55, NULL, 0)));
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
