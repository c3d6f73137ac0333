# Reading and writing files, links, devices.

#: open for reading -> Value
print(open('/etc/passwd').read())

#: open for writing -> Value
open('/tmp/owned', 'w').write('x')

#: open through builtins -> Import
import builtins
builtins.open('/etc/passwd')

#: io.open -> Value
import io
io.open('/etc/passwd').read()

#: os.open -> Value
import os
os.open('/etc/passwd', 0)

#: os.listdir -> Value
import os
print(os.listdir('/'))

#: os.symlink -> Value
import os
os.symlink('/etc/passwd', '/tmp/link')

#: os.remove -> Value
from os import remove
remove('/tmp/x')

#: pathlib -> Value
from pathlib import Path
Path('/etc/passwd').read_text()

#: shutil.rmtree -> Value
import shutil
shutil.rmtree('/')

#: tempfile -> Value
import tempfile
tempfile.mkstemp()

#: glob -> Contract
import glob
print(glob.glob('/root/*'))

#: mmap -> Import
import mmap
mmap.mmap(-1, 1 << 40)

#: zipfile -> Value
import zipfile
zipfile.ZipFile('/tmp/x', 'w')

#: sqlite3 -> Import
import sqlite3
sqlite3.connect('/tmp/x.db')

#: fileinput -> Import
import fileinput
list(fileinput.input('/etc/passwd'))

#: linecache -> Import
import linecache
print(linecache.getlines('/etc/passwd'))

#: codecs.open -> Import
import codecs
codecs.open('/etc/passwd')

#: configparser -> Import
import configparser
configparser.ConfigParser().read('/etc/passwd')

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
