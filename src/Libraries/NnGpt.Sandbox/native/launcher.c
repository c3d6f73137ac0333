// nngpt-sandbox: confines itself by the kernel and then becomes the given program.
//
//   nngpt-sandbox [options] -- PROGRAM [ARGUMENT...]
//     --parent PID     end at once when this process is not our parent any more
//     --ro PATH        may be read and executed, with all beneath it (Landlock)
//     --rw PATH        a file that may be written too (Landlock)
//     --landlock       confine the file system, TCP and signals
//     --seccomp        refuse system calls that a computing process does not need
//     --data BYTES --cpu SECONDS --files N --file-size BYTES --processes N   resource limits
//   nngpt-sandbox --probe
//     prints "landlock VERSION" and "seccomp 0|1"
//
// Exit code 125: a layer that was asked for could not be had; the reason is on stderr.
#define _GNU_SOURCE
#include "filter.h"
#include "landlock.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_PATHS 256

extern char **environ;

static void fail(int error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("nngpt-sandbox: ", stderr);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    if (error != 0)
        fprintf(stderr, ": %s", strerror(error));
    fputc('\n', stderr);
    exit(125);
}

static unsigned long long number(const char *option, const char *text)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || *end != 0 || end == text)
        fail(0, "%s needs a number, not \"%s\"", option, text);
    return value;
}

static void limit(int resource, const char *option, unsigned long long value)
{
    struct rlimit bound = { value, value }, current;
    if (getrlimit(resource, &current) == 0 && current.rlim_max < value)
        bound.rlim_cur = bound.rlim_max = current.rlim_max;
    if (setrlimit(resource, &bound) != 0)
        fail(errno, "%s", option);
}

// Only what the runtime and the numeric libraries read is kept.
static void clean_environment(void)
{
    static const char *const kept[] = { "OPENBLAS_", "OMP_", "ATEN_", "DOTNET_", "GLIBC_TUNABLES=", "PATH=", "LANG=", "HOME=", "LD_LIBRARY_PATH=" };
    size_t count = 0;
    for (char **entry = environ; *entry != NULL; entry++)
        for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
            if (strncmp(*entry, kept[i], strlen(kept[i])) == 0) {
                environ[count++] = *entry;
                break;
            }
    environ[count] = NULL;
}

static void drop_capabilities(void)
{
    for (int capability = 0; capability < 64; capability++)
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); // refused to an ordinary user, who has none
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    if (syscall(SYS_capset, &header, none) != 0)
        fail(errno, "cannot drop capabilities");
}

static int probe(void)
{
    unsigned int action = SECCOMP_RET_KILL_PROCESS;
    printf("landlock %d\n", landlock_version());
    printf("seccomp %d\n", syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0);
    return 0;
}

int main(int argc, char **argv)
{
    char *readable[MAX_PATHS], *writable[MAX_PATHS];
    size_t readable_count = 0, writable_count = 0;
    int landlock = 0, seccomp = 0, program = 0;
    long parent = 0;
    char layers[64] = "rlimits";

    if (argc == 2 && strcmp(argv[1], "--probe") == 0)
        return probe();

    limit(RLIMIT_CORE, "core", 0);
    for (int i = 1; i < argc && program == 0; i++) {
        const char *option = argv[i];
        if (strcmp(option, "--") == 0) {
            program = i + 1;
        } else if (strcmp(option, "--landlock") == 0) {
            landlock = 1;
        } else if (strcmp(option, "--seccomp") == 0) {
            seccomp = 1;
        } else if (i + 1 == argc) {
            fail(0, "unknown option %s", option);
        } else {
            char *value = argv[++i];
            if (strcmp(option, "--ro") == 0 && readable_count < MAX_PATHS)
                readable[readable_count++] = value;
            else if (strcmp(option, "--rw") == 0 && writable_count < MAX_PATHS)
                writable[writable_count++] = value;
            else if (strcmp(option, "--parent") == 0)
                parent = (long)number(option, value);
            else if (strcmp(option, "--data") == 0)
                limit(RLIMIT_DATA, option, number(option, value));
            else if (strcmp(option, "--cpu") == 0)
                limit(RLIMIT_CPU, option, number(option, value));
            else if (strcmp(option, "--files") == 0)
                limit(RLIMIT_NOFILE, option, number(option, value));
            else if (strcmp(option, "--file-size") == 0)
                limit(RLIMIT_FSIZE, option, number(option, value));
            else if (strcmp(option, "--processes") == 0)
                limit(RLIMIT_NPROC, option, number(option, value));
            else
                fail(0, "unknown option %s", option);
        }
    }
    if (program == 0 || program >= argc)
        fail(0, "no program given");

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        fail(errno, "cannot ask to end with the parent");
    if (parent != 0 && getppid() != parent)
        return 0; // it ended before the line above
    setsid(); // Ctrl-C is the parent's matter; fails harmlessly when we lead a group already
    if (syscall(SYS_close_range, 3u, ~0u, 0u) != 0)
        for (int fd = 3; fd < 65536; fd++)
            close(fd);
    umask(077);
    if (chdir("/") != 0)
        fail(errno, "cannot enter /");
    clean_environment();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail(errno, "cannot give up new privileges");
    drop_capabilities();
    if (landlock) {
        int result = landlock_confine(readable, readable_count, writable, writable_count);
        if (result != 0)
            fail(-result, "Landlock cannot be set up");
        strcat(layers, "+landlock");
    }
    if (seccomp) {
        strcat(layers, "+seccomp");
        if (setenv("NNGPT_SANDBOX", layers, 1) != 0)
            fail(errno, "cannot set the environment");
        int result = install_launch_filter();
        if (result != 0)
            fail(-result, "seccomp cannot be set up");
    } else if (setenv("NNGPT_SANDBOX", layers, 1) != 0) {
        fail(errno, "cannot set the environment");
    }
    execv(argv[program], &argv[program]);
    fail(errno, "cannot start %s", argv[program]);
}
