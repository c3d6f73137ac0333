// Seccomp filters of the worker process. Both return 0, or a negative errno.
#pragma once

// Before exec: refuses what no part of a .NET process needs (sockets, new processes, changes to files, mounts,
// tracing, kernel interfaces). Binds the calling thread and what it execs.
int install_launch_filter(void);

// After warm-up: allows only the system calls that computing and answering need. Binds every thread of the process.
int install_run_filter(void);
