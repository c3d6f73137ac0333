"""Types beside the normalizations."""
import typing

import torch

_shape_t = typing.Union[int, typing.List[int], torch.Size]
