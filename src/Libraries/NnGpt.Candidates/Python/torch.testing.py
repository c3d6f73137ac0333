"""Comparison of tensors."""
import torch


def assert_close(actual, expected, *, allow_subclasses=True, rtol=None, atol=None, equal_nan=False, check_device=True, check_dtype=True,
                 check_layout=True, check_stride=False, msg=None):
    if not isinstance(actual, torch.Tensor):
        actual, expected = torch.as_tensor(actual), torch.as_tensor(expected)
    if actual.shape != expected.shape:
        raise AssertionError("The values for attribute 'shape' do not match: {} != {}.".format(actual.shape, expected.shape))
    if check_dtype and actual.dtype != expected.dtype:
        raise AssertionError("The values for attribute 'dtype' do not match: {} != {}.".format(actual.dtype, expected.dtype))
    if rtol is None:
        rtol, atol = {torch.float16: (1e-3, 1e-5), torch.bfloat16: (1.6e-2, 1e-5), torch.float64: (1e-7, 1e-7)}.get(
            actual.dtype, (1.3e-6, 1e-5) if actual.is_floating_point() else (0.0, 0.0))
    if not torch.isclose(actual, expected.to(actual.dtype), rtol=rtol, atol=atol, equal_nan=equal_nan).all():
        raise AssertionError(msg if isinstance(msg, str) else "Tensor-likes are not close!")


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=''):
    assert_close(actual, torch.as_tensor(expected), rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=False, msg=msg or None)
