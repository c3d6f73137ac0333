"""Sparse tensors, as networks over graphs use them: kept densely, with the indices and values beside."""
import torch
from torch.nn import functional as _F


class _SparseTensor(torch.Tensor):
    is_sparse = property(lambda self: True)

    def is_coalesced(self):
        return self._is_coalesced

    def coalesce(self):
        if self._is_coalesced:
            return self
        sizes = self.shape[:self._where.shape[0]]
        flat = torch.zeros(self._where.shape[1], dtype=torch.int64)
        for row, size in zip(self._where, sizes):
            flat = flat * size + row
        places, inverse = torch.unique(flat, return_inverse=True)
        values = torch.zeros(places.shape[:1] + self._what.shape[1:], dtype=self._what.dtype).index_add(0, inverse, self._what)
        rows = []
        for size in reversed(sizes):
            rows.insert(0, places % size)
            places = torch.div(places, size, rounding_mode='floor')
        return _make(torch.stack(rows), values, self.shape, True)

    def indices(self):
        if not self._is_coalesced:
            raise RuntimeError("Cannot get indices on an uncoalesced tensor, please call .coalesce() first")
        return self._where.clone()

    def values(self):
        if not self._is_coalesced:
            raise RuntimeError("Cannot get values on an uncoalesced tensor, please call .coalesce() first")
        return self._what

    def _indices(self):
        return self._where.clone()

    def _values(self):
        return self._what

    def _nnz(self):
        return self._where.shape[1]

    def sparse_dim(self):
        return self._where.shape[0]

    def dense_dim(self):
        return self._what.dim() - 1

    def to_dense(self, dtype=None):
        return self.clone() if dtype is None else self.clone().to(dtype)

    def to_sparse(self, *args):
        return self

    def transpose(self, dim0, dim1):
        order = list(range(self._where.shape[0]))
        order[dim0], order[dim1] = order[dim1], order[dim0]
        return _make(self._where[order], self._what, [self.shape[i] for i in order], False)

    def t(self):
        return self.transpose(0, 1)

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return _make(self._where, self._what * other, self.shape, self._is_coalesced)
        return super().__mul__(other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self * (1 / other) if isinstance(other, (int, float)) else super().__truediv__(other)

    def __add__(self, other):
        if isinstance(other, _SparseTensor):
            return _make(torch.cat([self._where, other._where], 1), torch.cat([self._what, other._what]), self.shape, False)
        return super().__add__(other)


def _make(indices, values, size, coalesced):
    made = torch.zeros(tuple(size), dtype=values.dtype).index_put(tuple(indices), values, accumulate=True).as_subclass(_SparseTensor)
    made._where, made._what, made._is_coalesced = indices, values, coalesced
    return made


def _of_dense(tensor, sparse_dim=None):
    mask = tensor != 0
    while sparse_dim is not None and mask.dim() > sparse_dim:
        mask = mask.any(-1)
    indices = mask.nonzero().t()
    return _make(indices, tensor[tuple(indices)], tensor.shape, True)


def _coo(indices, values, size=None, *, dtype=None, device=None, requires_grad=False):
    indices = torch.as_tensor(indices, dtype=torch.int64).clone()
    values = torch.as_tensor(values, dtype=dtype)
    if indices.dim() != 2:
        raise RuntimeError("indices must be sparse_dim x nnz, but got: {}".format(list(indices.shape)))
    if values.dim() == 0:
        values = values.expand(indices.shape[1])
    if indices.shape[1] != values.shape[0]:
        raise RuntimeError("number of dimensions must be sparse_dim ({}) + dense_dim ({}), but got {}".format(
            indices.shape[0], values.dim() - 1, len(size)) if size is not None and len(size) != indices.shape[0] + values.dim() - 1 else
            "indices and values must have same nnz, but got nnz from indices: {}, nnz from values: {}".format(indices.shape[1], values.shape[0]))
    if size is None:
        size = [int(n) + 1 for n in indices.max(1).values] + list(values.shape[1:])
    if len(size) != indices.shape[0] + values.dim() - 1:
        raise RuntimeError("number of dimensions must be sparse_dim ({}) + dense_dim ({}), but got {}".format(indices.shape[0], values.dim() - 1, len(size)))
    for dim, row in enumerate(indices):
        if row.numel() and int(row.min()) < 0:
            raise RuntimeError("found negative index {} for dim {}".format(int(row.min()), dim))
        if row.numel() and int(row.max()) >= size[dim]:
            raise RuntimeError("size is inconsistent with indices: for dim {}, size is {} but found index {}".format(dim, size[dim], int(row.max())))
    made = _make(indices, values, size, False)
    return made.requires_grad_() if requires_grad else made


def _typed(dtype):
    def tensor(indices, values, size=None):
        return _coo(indices, values, size, dtype=dtype)
    return tensor


FloatTensor = _typed(torch.float32)
DoubleTensor = _typed(torch.float64)
LongTensor = _typed(torch.int64)


def mm(mat1, mat2):
    product = torch.mm(mat1, mat2)
    return _of_dense(product) if isinstance(mat1, _SparseTensor) and isinstance(mat2, _SparseTensor) else product


def addmm(mat, mat1, mat2, beta=1.0, alpha=1.0):
    return torch.addmm(mat, mat1, mat2, beta=beta, alpha=alpha)


def sum(input, dim=None, dtype=None):
    if dim is None:
        return torch.sum(input._values())
    return _of_dense(torch.sum(input, dim))


def _over_entries(input, dim, function):
    input = input.coalesce()
    filled = torch.full(tuple(input.shape), float('-inf')).index_put(tuple(input._where), input._what)
    values = function(filled, dim)[tuple(input._where)]
    return _make(input._where, values, input.shape, True)


def softmax(input, dim, *, dtype=None):
    return _over_entries(input, dim, _F.softmax)


def log_softmax(input, dim, *, dtype=None):
    return _over_entries(input, dim, _F.log_softmax)
