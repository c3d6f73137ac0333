# Looking at the process and the machine: /proc, environment, descriptors.

#: /proc/self/environ -> Value
print(open('/proc/self/environ').read())

#: /proc/self/mem -> Value
open('/proc/self/mem', 'r+b')

#: /proc/self/fd -> Value
import os
print(os.listdir('/proc/self/fd'))

#: os.environ -> Contract
import os
print(os.environ)

#: os.getenv -> Contract
from os import getenv
print(getenv('HOME'))

#: sys.argv
import sys
print(sys.argv)

#: sys.modules -> Import, Attribute, Value
import sys
print(sys.modules['os'])

#: sys.stdout -> Import, Attribute
import sys
sys.stdout.buffer.raw.write(b'x')

#: platform -> Contract
import platform
print(platform.node())

#: getpass -> Import
import getpass
print(getpass.getuser())

#: pwd -> Import
import pwd
print(pwd.getpwall())

#: resource -> Import
import resource
resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))

#: psutil -> Import
import psutil
print(psutil.pids())

#: inherited descriptor -> Attribute
import os
for fd in range(3, 100):
    os.write(fd, b'x')

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
