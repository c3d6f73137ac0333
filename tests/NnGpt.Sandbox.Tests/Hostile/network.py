# Sockets and everything that is made of them.

#: socket -> Import
import socket
socket.create_connection(('127.0.0.1', 80))

#: _socket -> Import
import _socket
_socket.socket()

#: ssl -> Import
import ssl
ssl.create_default_context()

#: urllib.request -> Value
import urllib.request
urllib.request.urlopen('http://127.0.0.1')

#: http.client -> Import
import http.client
http.client.HTTPConnection('127.0.0.1')

#: requests -> Import
import requests
requests.get('http://127.0.0.1')

#: ftplib -> Import
import ftplib
ftplib.FTP('127.0.0.1')

#: smtplib -> Import
import smtplib
smtplib.SMTP('127.0.0.1')

#: asyncio -> Attribute
import asyncio
asyncio.open_connection('127.0.0.1', 80)

#: xmlrpc -> Import
import xmlrpc.client
xmlrpc.client.ServerProxy('http://127.0.0.1')

#: torch.distributed -> Import
from torch.distributed import init_process_group
import torch.distributed as dist
dist.init_process_group('gloo', init_method='tcp://127.0.0.1:1', rank=0, world_size=1)

#: torch.distributed.rpc -> Import
from torch.distributed import rpc
rpc.init_rpc('x')

#: torchvision download -> Import
from torchvision.datasets import MNIST
MNIST('/tmp', download=True)

#: huggingface_hub -> Import
from huggingface_hub import hf_hub_download
hf_hub_download('a', 'b')

#: tensorboard -> Import
from torch.utils.tensorboard import SummaryWriter
SummaryWriter('/tmp/x')

#: torch.hub.download
import torch
torch.hub.download_url_to_file('http://127.0.0.1/', '/tmp/x')
