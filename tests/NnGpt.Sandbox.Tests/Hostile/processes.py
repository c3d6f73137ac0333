# Processes, threads, signals, tracing, native code.

#: os.system -> Value
import os
os.system('true')

#: os.fork -> Value
import os
while True:
    os.fork()

#: os.execv -> Value
import os
os.execv('/usr/bin/true', ['true'])

#: os.kill parent -> Attribute
import os
os.kill(os.getppid(), 9)

#: os.kill everyone -> Value
import os
os.kill(-1, 9)

#: os._exit -> Attribute
import os
os._exit(0)

#: os.abort -> Attribute
import os
os.abort()

#: posix -> Import
import posix
posix.system('true')

#: subprocess -> Import
import subprocess
subprocess.run(['true'])

#: pty -> Import
import pty
pty.spawn('/bin/sh')

#: signal.alarm -> Import
import signal
signal.alarm(1)

#: signal handler -> Import
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)

#: threading -> Contract
import threading
threading.Thread(target=print).start()

#: _thread -> Import
import _thread
_thread.start_new_thread(print, ())

#: multiprocessing -> Value
import multiprocessing
multiprocessing.Process(target=print).start()

#: concurrent.futures -> Value
from concurrent.futures import ThreadPoolExecutor
ThreadPoolExecutor(1000)

#: torch.multiprocessing -> Import
import torch.multiprocessing as mp
mp.spawn(print, nprocs=4)

#: ctypes -> Import
import ctypes
ctypes.string_at(0)

#: ctypes libc -> Import
import ctypes
ctypes.CDLL(None).syscall(101, 16, 1, 0, 0)

#: cffi -> Import
import cffi
cffi.FFI().dlopen(None)

#: _ctypes -> Import
from _ctypes import dlopen
dlopen('libc.so.6', 0)

#: sched -> Import
import sched
sched.scheduler()

#: atexit -> Import
import atexit
atexit.register(print)

#: faulthandler -> Import
import faulthandler
faulthandler._sigsegv()

#: sys.settrace -> Attribute
import os, sys
sys.settrace(lambda *a: None)

#: webbrowser -> Import
import webbrowser
webbrowser.open('http://127.0.0.1')

#: cpp_extension -> Import
from torch.utils.cpp_extension import load_inline
load_inline('x', 'int main(){}')

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
