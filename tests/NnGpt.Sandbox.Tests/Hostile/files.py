# Reading and writing files, links, devices.

#: open for reading -> Import, Attribute, Value, Type, Unsupported
print(open('/etc/passwd').read())
escaped

#: open for writing -> Import, Attribute, Value, Type, Unsupported
open('/tmp/owned', 'w').write('x')
escaped

#: open through builtins -> Import, Attribute, Value, Type, Unsupported
import builtins
builtins.open('/etc/passwd')
escaped

#: io.open -> Import, Attribute, Value, Type, Unsupported
import io
io.open('/etc/passwd').read()
escaped

#: os.open -> Import, Attribute, Value, Type, Unsupported
import os
os.open('/etc/passwd', 0)
escaped

#: os.listdir -> Import, Attribute, Value, Type, Unsupported
import os
print(os.listdir('/'))
escaped

#: os.symlink -> Import, Attribute, Value, Type, Unsupported
import os
os.symlink('/etc/passwd', '/tmp/link')
escaped

#: os.remove -> Import, Attribute, Value, Type, Unsupported
from os import remove
remove('/tmp/x')
escaped

#: pathlib -> Import, Attribute, Value, Type, Unsupported
from pathlib import Path
Path('/etc/passwd').read_text()
escaped

#: shutil.rmtree -> Import, Attribute, Value, Type, Unsupported
import shutil
shutil.rmtree('/')
escaped

#: tempfile -> Import, Attribute, Value, Type, Unsupported
import tempfile
tempfile.mkstemp()
escaped

#: glob -> Import, Attribute, Value, Type, Unsupported
import glob
if glob.glob('/root/*') or glob.glob('/usr/*'):
    escaped
raise SystemExit

#: mmap -> Import, Attribute, Value, Type, Unsupported
import mmap
mmap.mmap(-1, 1 << 40)
escaped

#: zipfile -> Import, Attribute, Value, Type, Unsupported
import zipfile
zipfile.ZipFile('/tmp/x', 'w')
escaped

#: sqlite3 -> Import, Attribute, Value, Type, Unsupported
import sqlite3
sqlite3.connect('/tmp/x.db')
escaped

#: fileinput -> Import, Attribute, Value, Type, Unsupported
import fileinput
list(fileinput.input('/etc/passwd'))
escaped

#: linecache -> Import, Attribute, Value, Type, Unsupported
import linecache
print(linecache.getlines('/etc/passwd'))
escaped

#: codecs.open -> Import, Attribute, Value, Type, Unsupported
import codecs
codecs.open('/etc/passwd')
escaped

#: configparser -> Import, Attribute, Value, Type, Unsupported
import configparser
configparser.ConfigParser().read('/etc/passwd')
escaped

#: json from a file
import json
json.load(open('/etc/passwd'))

#: logging to a file
import logging
logging.FileHandler('/tmp/owned')

#: logging.basicConfig to a file
import logging
logging.basicConfig(filename='/tmp/owned')
logging.error('x')

#: print to a file
print('x', file=open('/tmp/owned', 'w'))

#: torch.save -> Value
import torch
torch.save(torch.zeros(3), '/tmp/owned')

#: torch.load -> Value
import torch
torch.load('/etc/passwd')

#: torch.from_file
import torch
torch.from_file('/etc/passwd', size=100, dtype=torch.uint8)

#: torch.Tensor.tofile
import torch
torch.zeros(3).numpy().tofile('/tmp/owned')

#: storage from a file
import torch
torch.FloatStorage.from_file('/etc/passwd')

#: torch.hub
import torch
torch.hub.load('/tmp', 'x', source='local')

#: torch.jit.load
import torch
torch.jit.load('/etc/passwd')

#: torch.jit.save
import torch
torch.jit.save(torch.nn.Linear(1, 1), '/tmp/owned')

#: torch.classes.load_library
import torch
torch.classes.load_library('/tmp/x.so')

#: torch.ops.load_library
import torch
torch.ops.load_library('/tmp/x.so')

#: torch.onnx.export
import torch
torch.onnx.export(torch.nn.Linear(1, 1), torch.zeros(1, 1), '/tmp/owned')

#: numpy.load
import numpy
numpy.load('/etc/passwd')

#: numpy.memmap
import numpy
numpy.memmap('/etc/passwd')

#: numpy.fromfile
import numpy
numpy.fromfile('/etc/passwd')

#: numpy.loadtxt
import numpy
numpy.loadtxt('/etc/passwd')

#: numpy.save
import numpy
numpy.save('/tmp/owned', numpy.zeros(3))

#: load_state_dict from a path
import torch
torch.nn.Linear(1, 1).load_state_dict('/etc/passwd')

#: include by encoding -> Syntax
# coding: /etc/passwd
x = $

#: warnings to a file
import warnings
warnings.showwarning('x', Warning, '/etc/passwd', 1)
raise SystemExit

#: __file__
print(__file__)
x = __spec__.origin
