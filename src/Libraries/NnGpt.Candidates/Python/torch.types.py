"""Aliases of types."""
import typing

import torch

Any = typing.Any
List = typing.List
Sequence = typing.Sequence
Tuple = typing.Tuple
Union = typing.Union
Device = typing.Union[torch.device, str, None]
Number = typing.Union[int, float, bool]
_int = int
_float = float
_bool = bool
_dtype = torch.dtype
_device = torch.device
_layout = torch.layout
_size = typing.Union[torch.Size, typing.List[int], typing.Tuple[int, ...]]
_TensorOrTensors = typing.Union[torch.Tensor, typing.Sequence[torch.Tensor]]
