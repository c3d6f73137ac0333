"""Types of TorchScript."""
import typing

Any = typing.Any
Dict = typing.Dict
List = typing.List
Optional = typing.Optional
Tuple = typing.Tuple
Union = typing.Union
BroadcastingList1 = typing.List
BroadcastingList2 = typing.List
BroadcastingList3 = typing.List
