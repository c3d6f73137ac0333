"""Names of torch that are functions over its operators."""
from typing import Any, Callable, Set, Type, Union

import torch
from torch import nn

has_cuda = False
has_cudnn = False
has_mkl = False
has_mkldnn = True
has_mps = False
has_openmp = True
has_lapack = True
has_spectral = True


def _assert(condition, message):
    assert condition, message


def is_storage(obj):
    return False


def get_deterministic_debug_mode():
    return 0


def get_float32_matmul_precision():
    return 'highest'


def get_num_interop_threads():
    return 1


def is_anomaly_enabled():
    return False


def is_warn_always_enabled():
    return False


def get_autocast_cpu_dtype():
    return torch.bfloat16


def get_autocast_gpu_dtype():
    return torch.float16


def compiled_with_cxx11_abi():
    return True


def get_device(input):
    return -1


def align_tensors(*tensors):
    return tensors


def lu(A, pivot=True, get_infos=False, out=None):
    factors, pivots = torch.linalg.lu_factor(A, pivot=pivot)
    if get_infos:
        return factors, pivots, torch.zeros(A.shape[:-2], dtype=torch.int32)
    return factors, pivots


def _low_rank_basis(A, q, niter):
    R = torch.randn(A.shape[-1], q, dtype=A.dtype)
    Q = torch.linalg.qr(A @ R).Q
    for _ in range(niter):
        Q = torch.linalg.qr(A.mH @ Q).Q
        Q = torch.linalg.qr(A @ Q).Q
    return Q


def svd_lowrank(A, q=6, niter=2, M=None):
    B = A if M is None else A - M
    if B.shape[-2] < B.shape[-1]:
        U, S, V = svd_lowrank(B.mH, q, niter)
        return V, S, U
    Q = _low_rank_basis(B, q, niter)
    U, S, Vh = torch.linalg.svd(Q.mH @ B, full_matrices=False)
    return Q @ U, S, Vh.mH


def pca_lowrank(A, q=None, center=True, niter=2):
    m, n = A.shape[-2:]
    if q is None:
        q = min(6, m, n)
    elif not (q >= 0 and q <= min(m, n)):
        raise ValueError('q(={}) must be non-negative integer and not greater than min(m, n)={}'.format(q, min(m, n)))
    if center:
        A = A - A.mean(dim=(-2,), keepdim=True)
    return svd_lowrank(A, q, niter)


def fork(func, *args, **kwargs):
    return func(*args, **kwargs)


def wait(future):
    return future


def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None):
    if center:
        dims = input.dim()
        extended = [1] * (3 - dims) + list(input.size())
        pad = int(n_fft // 2)
        input = nn.functional.pad(input.view(extended), [pad, pad], pad_mode)
        input = input.view(input.shape[-dims:])
    return torch._VF.stft(input, n_fft, hop_length, win_length, window, normalized, onesided, return_complex)


def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False):
    return torch._VF.istft(input, n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex)


def chain_matmul(*matrices, out=None):
    return torch._VF.chain_matmul(matrices)


def sparse_coo_tensor(indices, values, size=None, *, dtype=None, device=None, requires_grad=False):
    return torch.sparse._coo(indices, values, size, dtype=dtype, requires_grad=requires_grad)


def spmm(input, mat2):
    return torch.sparse.mm(input, mat2)


def smm(input, mat2):
    return torch.sparse.mm(input, mat2)
