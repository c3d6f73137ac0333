# Looking at the process and the machine: /proc, environment, descriptors.

#: /proc/self/environ -> Import, Attribute, Value, Type, Unsupported
print(open('/proc/self/environ').read())
escaped

#: /proc/self/mem -> Import, Attribute, Value, Type, Unsupported
open('/proc/self/mem', 'r+b')
escaped

#: /proc/self/fd -> Import, Attribute, Value, Type, Unsupported
import os
print(os.listdir('/proc/self/fd'))
escaped

#: os.environ -> Import, Attribute, Value, Type, Unsupported
import os
if {'HOME', 'DOTNET_ROOT', 'NNGPT_SANDBOX'} & set(os.environ):
    escaped
raise SystemExit

#: os.getenv -> Import, Attribute, Value, Type, Unsupported
from os import getenv
if getenv('HOME') or getenv('DOTNET_ROOT'):
    escaped
raise SystemExit

#: sys.argv
import sys
print(sys.argv)

#: sys.modules -> Import, Attribute, Value, Type, Unsupported
import sys
print(sys.modules['os'].system('true'))
escaped

#: sys.stdout -> Import, Attribute, Value, Type, Unsupported
import sys
sys.stdout.buffer.raw.write(b'x')
escaped

#: platform -> Import, Attribute, Value, Type, Unsupported
import platform
if platform.node() not in ('', 'localhost', 'worker', 'candidate'):
    escaped
raise SystemExit

#: getpass -> Import, Attribute, Value, Type, Unsupported
import getpass
print(getpass.getuser())
escaped

#: pwd -> Import, Attribute, Value, Type, Unsupported
import pwd
print(pwd.getpwall())
escaped

#: resource -> Import, Attribute, Value, Type, Unsupported
import resource
resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))
escaped

#: psutil -> Import, Attribute, Value, Type, Unsupported
import psutil
print(psutil.pids())
escaped

#: inherited descriptor -> Import, Attribute, Value, Type, Unsupported
import os
for fd in range(3, 100):
    os.write(fd, b'x')
escaped

#: torch.__config__
import torch
print(torch.__config__.show())

#: torch.utils.collect_env
import torch.utils.collect_env
print(torch.utils.collect_env.main())

#: torch.__file__
import torch
print(torch.__file__)
raise SystemExit

#: uninitialised memory
import torch
x = torch.empty(1 << 20)
assert x.abs().sum().item() == 0
raise SystemExit

#: uninitialised memory by empty_strided
import torch
x = torch.empty_strided((1024, 1024), (1024, 1))
assert x.abs().sum().item() == 0
raise SystemExit

#: uninitialised memory by new_empty
import torch
x = torch.zeros(1).new_empty(1 << 20)
assert x.abs().sum().item() == 0
raise SystemExit

#: uninitialised memory by Tensor()
import torch
x = torch.Tensor(1 << 20)
assert x.abs().sum().item() == 0
raise SystemExit
