#define _GNU_SOURCE
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_ALL_V1 = (1 << 13) - 1, // through MAKE_SYM
    FS_REFER = 1 << 13,        // version 2
    FS_TRUNCATE = 1 << 14,     // version 3
    FS_IOCTL_DEV = 1 << 15,    // version 5
    NET_TCP_ALL = 3,           // version 4: bind and connect
    SCOPE_ALL = 3,             // version 6: abstract unix sockets and signals
    CREATE_RULESET_VERSION = 1,
    RULE_PATH_BENEATH = 1,
};

struct ruleset_attr {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

struct path_beneath_attr {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return version < 0 ? 0 : (int)version;
}

static int allow(int ruleset, const char *path, uint64_t directory_access, uint64_t file_access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == EACCES || errno == ENOTDIR ? 0 : -errno;
    struct stat status;
    int result = fstat(fd, &status) != 0 ? -errno : 0;
    if (result == 0) {
        struct path_beneath_attr rule = { S_ISDIR(status.st_mode) ? directory_access : file_access, fd };
        if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0)
            result = -errno;
    }
    close(fd);
    return result;
}

int landlock_confine(char *const *readable, size_t readable_count, char *const *writable, size_t writable_count)
{
    int version = landlock_version();
    if (version < 1)
        return -ENOSYS;
    struct ruleset_attr attr = { FS_ALL_V1, 0, 0 };
    if (version >= 2)
        attr.handled_access_fs |= FS_REFER;
    if (version >= 3)
        attr.handled_access_fs |= FS_TRUNCATE;
    if (version >= 4)
        attr.handled_access_net = NET_TCP_ALL;
    if (version >= 5)
        attr.handled_access_fs |= FS_IOCTL_DEV;
    if (version >= 6)
        attr.scoped = SCOPE_ALL;
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8; // older kernels know a shorter structure
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
    if (ruleset < 0)
        return -errno;
    int result = 0;
    for (size_t i = 0; result == 0 && i < readable_count; i++)
        result = allow(ruleset, readable[i], FS_EXECUTE | FS_READ_FILE | FS_READ_DIR, FS_EXECUTE | FS_READ_FILE);
    for (size_t i = 0; result == 0 && i < writable_count; i++)
        result = allow(ruleset, writable[i], FS_READ_FILE | FS_WRITE_FILE, FS_READ_FILE | FS_WRITE_FILE);
    if (result == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        result = -errno;
    close(ruleset);
    return result;
}
