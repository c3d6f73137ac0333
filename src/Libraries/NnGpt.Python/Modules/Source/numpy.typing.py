"""Types of arrays, for annotations."""
import typing as _typing

import numpy as _np

ArrayLike = DTypeLike = _typing.Any
NDArray = _typing.List
