"""Functions that torch.nn.functional writes in Python."""
import math
from typing import Callable, List, Optional, Tuple, Union

import torch
from torch import Tensor, overrides as _overrides
from torch.nn import _reduction as _reductions, functional as F
from torch.nn.modules import utils as _utils

_functions = torch._C._nn


def _reduction(reduction, size_average=None, reduce=None):
    if size_average is not None or reduce is not None:
        if reduce is not None and not reduce:
            return 0
        return 1 if size_average is None or size_average else 2
    if reduction not in ('none', 'mean', 'sum'):
        raise ValueError('{} is not a valid value for reduction'.format(reduction))
    return ('none', 'mean', 'sum').index(reduction)


def celu_(input, alpha=1.0):
    return torch.celu_(input, alpha)


def elu_(input, alpha=1.0):
    return F.elu(input, alpha, True)


def hardtanh_(input, min_val=-1.0, max_val=1.0):
    return F.hardtanh(input, min_val, max_val, True)


def rrelu_(input, lower=1.0 / 8, upper=1.0 / 3, training=False):
    return torch.rrelu_(input, lower, upper, training)


def threshold_(input, threshold, value):
    return torch.threshold_(input, threshold, value)


def adaptive_max_pool1d_with_indices(input, output_size, return_indices=False):
    return F.adaptive_max_pool1d(input, output_size, True)


def adaptive_max_pool2d_with_indices(input, output_size, return_indices=False):
    return F.adaptive_max_pool2d(input, output_size, True)


def adaptive_max_pool3d_with_indices(input, output_size, return_indices=False):
    return F.adaptive_max_pool3d(input, output_size, True)


def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False):
    return torch.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, _reduction(reduction), zero_infinity)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean'):
    return torch.hinge_embedding_loss(input, target, margin, _reduction(reduction, size_average, reduce))


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    return _functions.multilabel_margin_loss(input, target, _reduction(reduction, size_average, reduce))


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction='mean'):
    return torch.poisson_nll_loss(input, target, log_input, full, eps, _reduction(reduction, size_average, reduce))


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
    if distance_function is None:
        distance_function = F.pairwise_distance
    positive_distance = distance_function(anchor, positive)
    negative_distance = distance_function(anchor, negative)
    if swap:
        negative_distance = torch.min(negative_distance, distance_function(positive, negative))
    loss = torch.clamp(positive_distance - negative_distance + margin, min=0.0)
    kind = _reduction(reduction)
    return loss if kind == 0 else loss.mean() if kind == 1 else loss.sum()


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False,
                  per_sample_weights=None, include_last_offset=False, padding_idx=None):
    if per_sample_weights is not None and input.size() != per_sample_weights.size():
        raise ValueError("embedding_bag: If per_sample_weights ({}) is not None, then it must have the same shape as the input ({})".format(
            tuple(per_sample_weights.shape), tuple(input.shape)))
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError("if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. However, found offsets of type {}".format(str(type(offsets))))
        offsets = torch.arange(0, input.numel(), input.size(1), dtype=input.dtype)
        input = input.reshape(-1)
        if per_sample_weights is not None:
            per_sample_weights = per_sample_weights.reshape(-1)
    elif input.dim() == 1:
        if offsets is None:
            raise ValueError("offsets has to be a 1D Tensor but got None")
        if offsets.dim() != 1:
            raise ValueError("offsets has to be a 1D Tensor")
    else:
        raise ValueError("input has to be 1D or 2D Tensor, but got Tensor of dimension {}".format(input.dim()))
    if mode not in ('sum', 'mean', 'max'):
        raise ValueError("mode has to be one of sum, mean or max")
    if per_sample_weights is not None and mode != 'sum':
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' (got mode='{}'). Please open a feature request on GitHub.".format(mode))
    return torch.embedding_bag(weight, input, offsets, scale_grad_by_freq, ('sum', 'mean', 'max').index(mode), sparse,
                               per_sample_weights, include_last_offset, padding_idx)[0]


def _fractional(input, dims, kernel_size, output_size, output_ratio, samples, name):
    if output_size is None and output_ratio is None:
        raise ValueError(name + " requires specifying either an output_size or an output_ratio")
    spatial = input.shape[-dims:]
    if output_size is None:
        ratio = output_ratio if isinstance(output_ratio, (tuple, list)) else (output_ratio,) * dims
        if len(ratio) > dims:
            raise ValueError(name + " requires output_ratio to either be a single Int or tuple of Ints.")
        output_size = [int(size * part) for size, part in zip(spatial, ratio)]
    elif not isinstance(output_size, (tuple, list)):
        output_size = [output_size] * dims
    if not isinstance(kernel_size, (tuple, list)):
        kernel_size = [kernel_size] * dims
    if samples is None:
        samples = torch.rand(1 if input.dim() == dims + 1 else input.size(0), input.size(-dims - 1), dims, dtype=input.dtype, device=input.device)
    operator = _functions.fractional_max_pool2d if dims == 2 else _functions.fractional_max_pool3d
    return operator(input, kernel_size, output_size, samples)


def fractional_max_pool2d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
    return _fractional(input, 2, kernel_size, output_size, output_ratio, _random_samples, "fractional_max_pool2d")


def fractional_max_pool3d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
    return _fractional(input, 3, kernel_size, output_size, output_ratio, _random_samples, "fractional_max_pool3d")


def fractional_max_pool2d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
    result = fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio, return_indices, _random_samples)
    return result if return_indices else result[0]


def fractional_max_pool3d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
    result = fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio, return_indices, _random_samples)
    return result if return_indices else result[0]


def assert_int_or_pair(arg, arg_name, message):
    assert isinstance(arg, int) or len(arg) == 2, message.format(arg_name)


def _get_softmax_dim(name, ndim, stacklevel):
    return 0 if ndim in (0, 1, 3) else 1


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn,
                                 dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None,
                                 use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None,
                                 static_k=None, static_v=None, average_attn_weights=True):
    batched = query.dim() == 3
    if not batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    assert width == embed_dim_to_check, f"was expecting embedding dimension of {embed_dim_to_check}, but got {width}"
    head_dim = width // num_heads
    assert head_dim * num_heads == width, f"embed_dim {width} not divisible by num_heads {num_heads}"
    if use_separate_proj_weight:
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
    else:
        assert key.shape == value.shape, f"key shape {key.shape} does not match value shape {value.shape}"
        weights = in_proj_weight.chunk(3)
    biases = (None,) * 3 if in_proj_bias is None else in_proj_bias.chunk(3)
    q, k, v = (F.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases))

    def also(mask):
        return None if mask is None else F.pad(mask, (0, 1))

    if attn_mask is not None and attn_mask.dim() == 2:
        attn_mask = attn_mask.unsqueeze(0)
    if bias_k is not None and bias_v is not None:
        k, v = torch.cat([k, bias_k.repeat(1, batch, 1)]), torch.cat([v, bias_v.repeat(1, batch, 1)])
        attn_mask, key_padding_mask = also(attn_mask), also(key_padding_mask)
    q = q.contiguous().view(length, batch * num_heads, head_dim).transpose(0, 1)
    k = k.contiguous().view(-1, batch * num_heads, head_dim).transpose(0, 1) if static_k is None else static_k
    v = v.contiguous().view(-1, batch * num_heads, head_dim).transpose(0, 1) if static_v is None else static_v
    if add_zero_attn:
        zeros = torch.zeros(batch * num_heads, 1, head_dim, dtype=k.dtype)
        k, v = torch.cat([k, zeros], dim=1), torch.cat([v, zeros], dim=1)
        attn_mask, key_padding_mask = also(attn_mask), also(key_padding_mask)
    if key_padding_mask is not None:
        mask = key_padding_mask.view(batch, 1, 1, k.size(1)).expand(-1, num_heads, -1, -1).reshape(batch * num_heads, 1, k.size(1))
        if attn_mask is None:
            attn_mask = mask
        elif attn_mask.dtype == torch.bool:
            attn_mask = attn_mask.logical_or(mask)
        else:
            attn_mask = attn_mask.masked_fill(mask, float("-inf"))
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        attn_mask = torch.zeros_like(attn_mask, dtype=q.dtype).masked_fill_(attn_mask, float("-inf"))
    scaled = q / head_dim ** 0.5
    attention = torch.bmm(scaled, k.transpose(-2, -1)) if attn_mask is None else torch.baddbmm(attn_mask, scaled, k.transpose(-2, -1))
    attention = attention.softmax(dim=-1)
    if training and dropout_p > 0.0:
        attention = F.dropout(attention, p=dropout_p)
    output = torch.bmm(attention, v).transpose(0, 1).contiguous().view(length * batch, width)
    output = F.linear(output, out_proj_weight, out_proj_bias).view(length, batch, width)
    if not batched:
        output = output.squeeze(1)
    if not need_weights:
        return output, None
    attention = attention.view(batch, num_heads, length, k.size(1))
    if average_attn_weights:
        attention = attention.sum(dim=1) / num_heads
    return output, attention if batched else attention.squeeze(0)


_single = _utils._single
_pair = _utils._pair
_triple = _utils._triple
_Reduction = _reductions
has_torch_function = _overrides.has_torch_function
has_torch_function_unary = _overrides.has_torch_function_unary
has_torch_function_variadic = _overrides.has_torch_function_variadic
