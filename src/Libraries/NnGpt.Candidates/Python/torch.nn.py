"""Modules of torch.nn that are seldom used."""
from collections import namedtuple

import torch
from torch.nn import functional as F
from torch.nn import (BatchNorm1d, BatchNorm2d, BatchNorm3d, Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d,
                      InstanceNorm1d, InstanceNorm2d, InstanceNorm3d, Linear, Module, ModuleList, PairwiseDistance, Sequential)



class Container(Module):
    def __init__(self, **kwargs):
        super().__init__()
        for key, value in kwargs.items():
            self.add_module(key, value)


class CrossMapLRN2d(Module):
    def __init__(self, size, alpha=1e-4, beta=0.75, k=1):
        super().__init__()
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def forward(self, input):
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self):
        return '{size}, alpha={alpha}, beta={beta}, k={k}'.format(**self.__dict__)


_ASMoutput = namedtuple('_ASMoutput', ['output', 'loss'])


class RNNCellBase(Module):
    pass


class UninitializedParameter:
    pass


class UninitializedBuffer:
    pass


class _Lazy:
    """A layer whose first input tells the size that was left out; it gets its parameters then, and the name of the layer it is."""

    def _get_name(self):
        name = type(self).__name__
        return name[4:] if self._is_made and name.startswith('Lazy') else name

    def _become(self, base, size, *rest):
        training = self.training
        hooks = dict(self._forward_hooks), dict(self._forward_pre_hooks)
        base.__init__(self, size, *rest)
        self._forward_hooks.update(hooks[0])
        self._forward_pre_hooks.update(hooks[1])
        self.training = training
        self._is_made = True


class LazyLinear(_Lazy, Linear):
    def __init__(self, out_features, bias=True, device=None, dtype=None):
        Module.__init__(self)
        self.in_features, self.out_features = 0, out_features
        self._is_made, self._rest = False, (out_features, bias, device, dtype)

    def forward(self, input):
        if not self._is_made:
            self._become(Linear, input.shape[-1], *self._rest)
        return Linear.forward(self, input)


def _lazy_convolution(base, dims, transposed):
    class LazyConvolution(_Lazy, base):
        def __init__(self, out_channels, kernel_size, stride=1, padding=0, *args, **kwargs):
            Module.__init__(self)
            self.in_channels, self.out_channels = 0, out_channels
            self._is_made, self._rest, self._keywords = False, (out_channels, kernel_size, stride, padding, *args), kwargs

        def forward(self, input, *args):
            if not self._is_made:
                if input.dim() not in (dims + 1, dims + 2):
                    raise RuntimeError("Expected {}D (unbatched) or {}D (batched) input to {}, but got input of size: {}".format(
                        dims + 1, dims + 2, type(self).__name__, input.shape))
                made = base(input.shape[-dims - 1], *self._rest, **self._keywords)
                training = self.training
                self.__dict__.update(made.__dict__)
                for name, parameter in made._parameters.items():
                    self.register_parameter(name, parameter)
                self.training, self._is_made = training, True
            return base.forward(self, input, *args)

    LazyConvolution.__name__ = LazyConvolution.__qualname__ = 'Lazy' + base.__name__
    return LazyConvolution


LazyConv1d = _lazy_convolution(Conv1d, 1, False)
LazyConv2d = _lazy_convolution(Conv2d, 2, False)
LazyConv3d = _lazy_convolution(Conv3d, 3, False)
LazyConvTranspose1d = _lazy_convolution(ConvTranspose1d, 1, True)
LazyConvTranspose2d = _lazy_convolution(ConvTranspose2d, 2, True)
LazyConvTranspose3d = _lazy_convolution(ConvTranspose3d, 3, True)


def _lazy_norm(base, affine_default, track_default):
    class LazyNorm(_Lazy, base):
        def __init__(self, eps=1e-5, momentum=0.1, affine=affine_default, track_running_stats=track_default, device=None, dtype=None):
            Module.__init__(self)
            self.num_features = 0
            self._is_made, self._rest = False, (eps, momentum, affine, track_running_stats, device, dtype)

        def forward(self, input):
            if not self._is_made:
                self._become(base, input.shape[1], *self._rest)
            return base.forward(self, input)

    LazyNorm.__name__ = LazyNorm.__qualname__ = 'Lazy' + base.__name__
    return LazyNorm


LazyBatchNorm1d = _lazy_norm(BatchNorm1d, True, True)
LazyBatchNorm2d = _lazy_norm(BatchNorm2d, True, True)
LazyBatchNorm3d = _lazy_norm(BatchNorm3d, True, True)
LazyInstanceNorm1d = _lazy_norm(InstanceNorm1d, False, False)
LazyInstanceNorm2d = _lazy_norm(InstanceNorm2d, False, False)
LazyInstanceNorm3d = _lazy_norm(InstanceNorm3d, False, False)


class DataParallel(Module):
    """Without devices, the module itself."""

    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module
        self.device_ids = []

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class CTCLoss(Module):
    def __init__(self, blank=0, reduction='mean', zero_infinity=False):
        super().__init__()
        self.reduction = reduction
        self.blank = blank
        self.zero_infinity = zero_infinity

    def forward(self, log_probs, targets, input_lengths, target_lengths):
        return F.ctc_loss(log_probs, targets, input_lengths, target_lengths, self.blank, self.reduction, self.zero_infinity)


class TripletMarginWithDistanceLoss(Module):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
        super().__init__()
        self.distance_function = distance_function if distance_function is not None else PairwiseDistance()
        self.margin, self.swap, self.reduction = margin, swap, reduction

    def forward(self, anchor, positive, negative):
        return F.triplet_margin_with_distance_loss(anchor, positive, negative, distance_function=self.distance_function,
                                                   margin=self.margin, swap=self.swap, reduction=self.reduction)


class _FractionalMaxPool(Module):
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        name, dims = type(self).__name__, self._dims
        self.kernel_size = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * dims
        self.return_indices = return_indices
        self.register_buffer('_random_samples', _random_samples)
        self.output_size = None if output_size is None else output_size if isinstance(output_size, tuple) else (output_size,) * dims
        self.output_ratio = None if output_ratio is None else output_ratio if isinstance(output_ratio, tuple) else (output_ratio,) * dims
        if output_size is None and output_ratio is None:
            raise ValueError("{} requires specifying either an output size, or a pooling ratio".format(name))
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        if self.output_ratio is not None and not all(0 < ratio < 1 for ratio in self.output_ratio):
            raise ValueError("output_ratio must be between 0 and 1 (got {})".format(output_ratio))

    def forward(self, input):
        pool = F.fractional_max_pool2d if self._dims == 2 else F.fractional_max_pool3d
        return pool(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices, _random_samples=self._random_samples)


class FractionalMaxPool2d(_FractionalMaxPool):
    _dims = 2


class FractionalMaxPool3d(_FractionalMaxPool):
    _dims = 3


class AdaptiveLogSoftmaxWithLoss(Module):
    def __init__(self, in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None):
        super().__init__()
        cutoffs = list(cutoffs)
        if cutoffs != sorted(cutoffs) or min(cutoffs) <= 0 or max(cutoffs) > n_classes - 1 or len(set(cutoffs)) != len(cutoffs) or any(int(c) != c for c in cutoffs):
            raise ValueError("cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1")
        self.in_features, self.n_classes, self.div_value, self.head_bias = in_features, n_classes, div_value, head_bias
        self.cutoffs = cutoffs + [n_classes]
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = Linear(in_features, self.head_size, bias=head_bias)
        self.tail = ModuleList()
        for i in range(self.n_clusters):
            hidden = int(in_features // (div_value ** (i + 1)))
            self.tail.append(Sequential(Linear(in_features, hidden, bias=False), Linear(hidden, self.cutoffs[i + 1] - self.cutoffs[i], bias=False)))

    def reset_parameters(self):
        self.head.reset_parameters()
        for first, second in self.tail:
            first.reset_parameters()
            second.reset_parameters()

    def log_prob(self, input):
        head = self.head(input)
        out = input.new_empty((head.size(0), self.n_classes))
        probabilities = F.log_softmax(head, dim=1)
        out[:, :self.shortlist_size] = probabilities[:, :self.shortlist_size]
        for i, (start, stop) in enumerate(zip(self.cutoffs, self.cutoffs[1:])):
            cluster = F.log_softmax(self.tail[i](input), dim=1)
            out[:, start:stop] = cluster + probabilities[:, self.shortlist_size + i].unsqueeze(1)
        return out

    def predict(self, input):
        return torch.argmax(self.log_prob(input), dim=1)

    def forward(self, input_, target_):
        if input_.dim() == 1:
            output = self.log_prob(input_.unsqueeze(0)).gather(1, target_.reshape(1, 1)).squeeze()
        else:
            output = self.log_prob(input_).gather(1, target_.unsqueeze(1)).squeeze(1)
        return _ASMoutput(output, (-output).mean())
