# Sockets and everything that is made of them.

#: socket -> Import, Attribute, Value, Type, Unsupported
import socket
socket.create_connection(('127.0.0.1', 80))
escaped

#: _socket -> Import, Attribute, Value, Type, Unsupported
import _socket
_socket.socket()
escaped

#: ssl -> Import, Attribute, Value, Type, Unsupported
import ssl
ssl.create_default_context()
escaped

#: urllib.request -> Import, Attribute, Value, Type, Unsupported
import urllib.request
urllib.request.urlopen('http://127.0.0.1')
escaped

#: http.client -> Import, Attribute, Value, Type, Unsupported
import http.client
http.client.HTTPConnection('127.0.0.1')
escaped

#: requests -> Import, Attribute, Value, Type, Unsupported
import requests
requests.get('http://127.0.0.1')
escaped

#: ftplib -> Import, Attribute, Value, Type, Unsupported
import ftplib
ftplib.FTP('127.0.0.1')
escaped

#: smtplib -> Import, Attribute, Value, Type, Unsupported
import smtplib
smtplib.SMTP('127.0.0.1')
escaped

#: asyncio -> Import, Attribute, Value, Type, Unsupported
import asyncio
asyncio.open_connection('127.0.0.1', 80)
escaped

#: xmlrpc -> Import, Attribute, Value, Type, Unsupported
import xmlrpc.client
xmlrpc.client.ServerProxy('http://127.0.0.1')
escaped

#: torch.distributed -> Import, Attribute, Value, Type, Unsupported
from torch.distributed import init_process_group
import torch.distributed as dist
dist.init_process_group('gloo', init_method='tcp://127.0.0.1:1', rank=0, world_size=1)
escaped

#: torch.distributed.rpc -> Import, Attribute, Value, Type, Unsupported
from torch.distributed import rpc
rpc.init_rpc('x')
escaped

#: torchvision download -> Import, Attribute, Value, Type, Unsupported
from torchvision.datasets import MNIST
MNIST('/tmp', download=True)
escaped

#: huggingface_hub -> Import, Attribute, Value, Type, Unsupported
from huggingface_hub import hf_hub_download
hf_hub_download('a', 'b')
escaped

#: tensorboard -> Import, Attribute, Value, Type, Unsupported
from torch.utils.tensorboard import SummaryWriter
SummaryWriter('/tmp/x')
escaped

#: torch.hub.download
import torch
torch.hub.download_url_to_file('http://127.0.0.1/', '/tmp/x')
