"""The marks of quantization; nothing is quantized."""
from torch import nn


class QuantStub(nn.Module):
    def __init__(self, qconfig=None):
        super().__init__()
        if qconfig:
            self.qconfig = qconfig

    def forward(self, x):
        return x


class DeQuantStub(QuantStub):
    pass


class QuantWrapper(nn.Module):
    def __init__(self, module):
        super().__init__()
        qconfig = getattr(module, 'qconfig', None)
        self.add_module('quant', QuantStub(qconfig))
        self.add_module('dequant', DeQuantStub(qconfig))
        self.add_module('module', module)
        self.train(module.training)

    def forward(self, X):
        return self.dequant(self.module(self.quant(X)))


def _unsupported(name):
    def function(*args, **kwargs):
        raise NotImplementedError('torch.quantization.{} is not supported by this runtime'.format(name))
    return function


fuse_modules = _unsupported('fuse_modules')
fuse_modules_qat = _unsupported('fuse_modules_qat')
prepare = _unsupported('prepare')
prepare_qat = _unsupported('prepare_qat')
convert = _unsupported('convert')
quantize = _unsupported('quantize')
quantize_dynamic = _unsupported('quantize_dynamic')
get_default_qconfig = _unsupported('get_default_qconfig')
get_default_qat_qconfig = _unsupported('get_default_qat_qconfig')
default_qconfig = None
