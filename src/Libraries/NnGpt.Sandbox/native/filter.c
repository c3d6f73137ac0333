#define _GNU_SOURCE
#include "filter.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#else
#error "the sandbox knows x86-64 and aarch64"
#endif

#define X32_BIT 0x40000000u
#define NAMESPACE_FLAGS (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define WRITING_FLAGS (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

// Numbers that older kernel headers do not name; the same on every architecture.
#ifndef __NR_open_tree_attr
#define __NR_open_tree_attr 467
#endif

struct program {
    struct sock_filter code[512];
    unsigned short length;
};

static void emit(struct program *p, uint16_t code, uint32_t k, uint8_t jt, uint8_t jf)
{
    if (p->length < sizeof p->code / sizeof p->code[0])
        p->code[p->length] = (struct sock_filter){ code, jt, jf, k };
    p->length++;
}

#define ERRNO(e) (SECCOMP_RET_ERRNO | (e))
#define ARG_LOW(n) (offsetof(struct seccomp_data, args) + 8 * (n)) // little endian
#define ARG_HIGH(n) (ARG_LOW(n) + 4)

static void load(struct program *p, uint32_t offset) { emit(p, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void answer(struct program *p, uint32_t action) { emit(p, BPF_RET | BPF_K, action, 0, 0); }

// if (accumulator == number) return action;
static void on(struct program *p, uint32_t number, uint32_t action)
{
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
    answer(p, action);
}

// Skips the next `count` instructions unless the accumulator is the number.
static void unless_skip(struct program *p, uint32_t number, uint8_t count) { emit(p, BPF_JMP | BPF_JEQ | BPF_K, number, 0, count); }

// number: return any of `bits` set in argument n ? set : clear;
static void on_bits(struct program *p, uint32_t number, int n, uint32_t bits, uint32_t set, uint32_t clear)
{
    unless_skip(p, number, 4);
    load(p, ARG_LOW(n));
    emit(p, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    answer(p, set);
    answer(p, clear);
}

// number: return argument n == value ? equal : other; (32 bits)
static void on_value(struct program *p, uint32_t number, int n, uint32_t value, uint32_t equal, uint32_t other)
{
    unless_skip(p, number, 4);
    load(p, ARG_LOW(n));
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(p, equal);
    answer(p, other);
}

// A process of another architecture's system calls is killed: their numbers mean other things.
static void begin(struct program *p)
{
    p->length = 0;
    load(p, offsetof(struct seccomp_data, arch));
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, FILTER_ARCH, 1, 0);
    answer(p, SECCOMP_RET_KILL_PROCESS);
    load(p, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    emit(p, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    answer(p, ERRNO(ENOSYS));
#endif
}

static int install(struct program *p, unsigned int flags)
{
    if (p->length > sizeof p->code / sizeof p->code[0])
        return -E2BIG;
    struct sock_fprog program = { p->length, p->code };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -errno;
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    return result == 0 ? 0 : result > 0 ? -EBUSY : -errno; // above 0: the thread that could not be bound
}

int install_launch_filter(void)
{
    static const int refused[] = {
        // network
        SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
        SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_recvfrom, SYS_recvmsg, SYS_recvmmsg,
        // other processes
#ifdef SYS_fork
        SYS_fork, SYS_vfork,
#endif
        SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_open, SYS_pidfd_getfd,
        SYS_pidfd_send_signal, SYS_process_madvise, SYS_process_mrelease, SYS_rt_sigqueueinfo,
        // changes to the file system, and what Landlock does not govern
#ifdef SYS_chmod
        SYS_chmod, SYS_chown, SYS_lchown, SYS_mkdir, SYS_rmdir, SYS_rename, SYS_link, SYS_symlink, SYS_unlink,
        SYS_mknod, SYS_creat, SYS_utime, SYS_utimes, SYS_futimesat, SYS_renameat,
#endif
        SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_mkdirat, SYS_renameat2, SYS_linkat, SYS_symlinkat,
        SYS_unlinkat, SYS_mknodat, SYS_utimensat, SYS_truncate, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
        SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_name_to_handle_at, SYS_open_by_handle_at,
        SYS_fanotify_init, SYS_fanotify_mark, SYS_inotify_init1, SYS_inotify_add_watch,
        // mounts and namespaces
        SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_tree, SYS_move_mount,
        SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr, __NR_open_tree_attr,
        // identity
        SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setfsuid, SYS_setfsgid,
        SYS_setgroups, SYS_capset, SYS_personality,
        // interfaces of the kernel
        SYS_bpf, SYS_perf_event_open, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_userfaultfd,
        SYS_keyctl, SYS_add_key, SYS_request_key, SYS_io_setup, SYS_io_submit, SYS_io_getevents, SYS_io_destroy, SYS_io_cancel,
        SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
#ifdef SYS_kexec_file_load
        SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
        SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
#ifdef SYS_memfd_secret
        SYS_memfd_secret,
#endif
        SYS_reboot, SYS_swapon, SYS_swapoff, SYS_sethostname, SYS_setdomainname, SYS_settimeofday, SYS_clock_settime,
        SYS_clock_adjtime, SYS_adjtimex, SYS_acct, SYS_quotactl, SYS_syslog, SYS_vhangup, SYS_vmsplice, SYS_splice, SYS_tee,
        // System V and POSIX message queues, shared memory, semaphores
        SYS_shmget, SYS_shmat, SYS_shmctl, SYS_shmdt, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl,
        SYS_semget, SYS_semop, SYS_semctl, SYS_semtimedop, SYS_mq_open, SYS_mq_unlink,
    };
    struct program p;
    begin(&p);
    on(&p, SYS_clone3, ERRNO(ENOSYS)); // its flags are behind a pointer; the C library falls back to clone
    on(&p, SYS_openat2, ERRNO(ENOSYS));
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        on(&p, (uint32_t)refused[i], ERRNO(EPERM));
    // Threads yes; processes and namespaces no.
    unless_skip(&p, SYS_clone, 5);
    load(&p, ARG_LOW(0));
    emit(&p, BPF_JMP | BPF_JSET | BPF_K, NAMESPACE_FLAGS, 1, 0);
    emit(&p, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
    answer(&p, ERRNO(EPERM));
    answer(&p, SECCOMP_RET_ALLOW);
    answer(&p, SECCOMP_RET_ALLOW);
    return install(&p, 0);
}

int install_run_filter(void)
{
    static const int allowed[] = {
        // memory
        SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_mincore, SYS_brk, SYS_msync, SYS_membarrier,
        SYS_get_mempolicy, SYS_mbind, SYS_set_mempolicy,
        // threads, time, signals of its own
        SYS_futex, SYS_set_robust_list, SYS_get_robust_list, SYS_rseq, SYS_sched_yield, SYS_sched_getaffinity,
        SYS_sched_getparam, SYS_sched_getscheduler, SYS_sched_get_priority_max, SYS_sched_get_priority_min, SYS_getcpu, SYS_gettid, SYS_getpid, SYS_getppid, SYS_exit, SYS_exit_group,
        SYS_set_tid_address, SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday,
        SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_sigaltstack,
        SYS_restart_syscall, SYS_getrusage, SYS_times, SYS_getrandom, SYS_sysinfo, SYS_uname,
#ifdef SYS_arch_prctl
        SYS_arch_prctl, SYS_time,
#endif
        // files already open, and reading (what may be read is Landlock's and bubblewrap's matter)
        SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_preadv, SYS_close, SYS_lseek, SYS_fstat,
        SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_getdents64, SYS_fadvise64, SYS_flock, SYS_fcntl, SYS_dup,
        SYS_readlinkat, SYS_faccessat, SYS_faccessat2, SYS_getcwd, SYS_ppoll, SYS_pselect6,
        SYS_pipe2, // the runtime makes one for every managed thread
#ifdef SYS_stat
        SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_poll, SYS_select,
#endif
        SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
    };
    struct program p;
    begin(&p);
    on(&p, SYS_clone3, ERRNO(ENOSYS));
    on(&p, SYS_openat2, ERRNO(ENOSYS));
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        on(&p, (uint32_t)allowed[i], SECCOMP_RET_ALLOW);

    on_bits(&p, SYS_openat, 2, WRITING_FLAGS, ERRNO(EPERM), SECCOMP_RET_ALLOW);
#ifdef SYS_open
    on_bits(&p, SYS_open, 1, WRITING_FLAGS, ERRNO(EPERM), SECCOMP_RET_ALLOW);
#endif

    unless_skip(&p, SYS_clone, 5);
    load(&p, ARG_LOW(0));
    emit(&p, BPF_JMP | BPF_JSET | BPF_K, NAMESPACE_FLAGS, 1, 0);
    emit(&p, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
    answer(&p, ERRNO(EPERM));
    answer(&p, SECCOMP_RET_ALLOW);

    // The runtime suspends and interrupts its own threads by signals; no other process may be signalled.
    on_value(&p, SYS_tgkill, 0, (uint32_t)getpid(), SECCOMP_RET_ALLOW, ERRNO(EPERM));
    on_value(&p, SYS_rt_tgsigqueueinfo, 0, (uint32_t)getpid(), SECCOMP_RET_ALLOW, ERRNO(EPERM));

    on_value(&p, SYS_sched_setaffinity, 0, 0, SECCOMP_RET_ALLOW, ERRNO(EPERM)); // a new thread binds itself

    on_value(&p, SYS_ioctl, 1, TCGETS, SECCOMP_RET_ALLOW, ERRNO(EPERM)); // isatty

    // Reading limits yes, changing them no.
    unless_skip(&p, SYS_prlimit64, 6);
    load(&p, ARG_LOW(2));
    emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(&p, ARG_HIGH(2));
    emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    answer(&p, SECCOMP_RET_ALLOW);
    answer(&p, ERRNO(EPERM));
#ifdef SYS_getrlimit
    on(&p, SYS_getrlimit, SECCOMP_RET_ALLOW);
#endif

    // Naming threads and mappings.
    unless_skip(&p, SYS_prctl, 5);
    load(&p, ARG_LOW(0));
    emit(&p, BPF_JMP | BPF_JEQ | BPF_K, PR_SET_NAME, 2, 0);
    emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 0x53564d41 /* PR_SET_VMA */, 1, 0);
    answer(&p, ERRNO(EPERM));
    answer(&p, SECCOMP_RET_ALLOW);

    answer(&p, ERRNO(EPERM));
    return install(&p, SECCOMP_FILTER_FLAG_TSYNC);
}
