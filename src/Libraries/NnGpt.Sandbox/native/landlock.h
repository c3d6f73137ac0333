// Landlock through its system calls: kernel headers of Debian 12 know only the first versions of it.
#pragma once
#include <stddef.h>

// Version of Landlock in this kernel; 0 when there is none.
int landlock_version(void);

// From here on the calling thread and what it starts may read beneath `readable`, write to the files `writable`,
// and nothing else; no TCP, no signals or abstract sockets to processes outside, where the kernel knows how.
// Paths that do not exist are skipped. Returns 0 or a negative errno.
int landlock_confine(char *const *readable, size_t readable_count, char *const *writable, size_t writable_count);
