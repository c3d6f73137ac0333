"""Names of torch.jit that are those of typing."""
import typing

Final = typing.Final
