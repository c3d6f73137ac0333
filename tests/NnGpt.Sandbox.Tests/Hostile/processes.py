# Processes, threads, signals, tracing, native code.

#: os.system -> Import, Attribute, Value, Type, Unsupported
import os
os.system('true')
escaped

#: os.fork -> Import, Attribute, Value, Type, Unsupported
import os
while True:
    os.fork()
escaped

#: os.execv -> Import, Attribute, Value, Type, Unsupported
import os
os.execv('/usr/bin/true', ['true'])
escaped

#: os.kill parent -> Import, Attribute, Value, Type, Unsupported
import os
os.kill(os.getppid(), 9)
escaped

#: os.kill everyone -> Import, Attribute, Value, Type, Unsupported
import os
os.kill(-1, 9)
escaped

#: os._exit -> Import, Attribute, Value, Type, Unsupported
import os
os._exit(0)
escaped

#: os.abort -> Import, Attribute, Value, Type, Unsupported
import os
os.abort()
escaped

#: posix -> Import, Attribute, Value, Type, Unsupported
import posix
posix.system('true')
escaped

#: subprocess -> Import, Attribute, Value, Type, Unsupported
import subprocess
subprocess.run(['true'])
escaped

#: pty -> Import, Attribute, Value, Type, Unsupported
import pty
pty.spawn('/bin/sh')
escaped

#: signal.alarm -> Import, Attribute, Value, Type, Unsupported
import signal
signal.alarm(1)
escaped

#: signal handler -> Import, Attribute, Value, Type, Unsupported
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
escaped

#: threading -> Import, Attribute, Value, Type, Unsupported
import threading
for i in range(1000):
    threading.Thread(target=lambda: 1 / 0).start()
if threading.active_count() > 1:
    escaped
raise SystemExit

#: _thread -> Import, Attribute, Value, Type, Unsupported
import _thread
_thread.start_new_thread(print, ())
escaped

#: multiprocessing -> Import, Attribute, Value, Type, Unsupported
import multiprocessing
multiprocessing.Process(target=print).start()
escaped

#: concurrent.futures -> Import, Attribute, Value, Type, Unsupported
from concurrent.futures import ThreadPoolExecutor
ThreadPoolExecutor(1000)
escaped

#: torch.multiprocessing -> Import, Attribute, Value, Type, Unsupported
import torch.multiprocessing as mp
mp.spawn(print, nprocs=4)
escaped

#: ctypes -> Import, Attribute, Value, Type, Unsupported
import ctypes
ctypes.string_at(0)
escaped

#: ctypes libc -> Import, Attribute, Value, Type, Unsupported
import ctypes
ctypes.CDLL(None).syscall(101, 16, 1, 0, 0)
escaped

#: cffi -> Import, Attribute, Value, Type, Unsupported
import cffi
cffi.FFI().dlopen(None)
escaped

#: _ctypes -> Import, Attribute, Value, Type, Unsupported
from _ctypes import dlopen
dlopen('libc.so.6', 0)
escaped

#: sched -> Import, Attribute, Value, Type, Unsupported
import sched
sched.scheduler()
escaped

#: atexit -> Import, Attribute, Value, Type, Unsupported
import atexit
atexit.register(print)
escaped

#: faulthandler -> Import, Attribute, Value, Type, Unsupported
import faulthandler
faulthandler._sigsegv()
escaped

#: sys.settrace -> Import, Attribute, Value, Type, Unsupported
import os, sys
sys.settrace(lambda *a: None)
escaped

#: webbrowser -> Import, Attribute, Value, Type, Unsupported
import webbrowser
webbrowser.open('http://127.0.0.1')
escaped

#: cpp_extension -> Import, Attribute, Value, Type, Unsupported
from torch.utils.cpp_extension import load_inline
load_inline('x', 'int main(){}')
escaped

#: DataLoader with workers
import torch
from torch.utils.data import DataLoader
for x in DataLoader([1, 2, 3], num_workers=64):
    pass
raise SystemExit

#: exit -> Value
raise SystemExit(0)

#: exit function
exit()

#: quit function
quit(3)

#: KeyboardInterrupt -> Value
raise KeyboardInterrupt

#: breakpoint -> Name
breakpoint()

#: input -> Name
input('?')
