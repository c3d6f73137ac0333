"""Names of TorchScript's front end that layers import."""
import typing

from torch.jit import export, ignore, is_scripting, unused

Any = typing.Any
Callable = typing.Callable
Dict = typing.Dict
Final = typing.Final
Generic = typing.Generic
List = typing.List
Optional = typing.Optional
Tuple = typing.Tuple
Type = typing.Type
TypeVar = typing.TypeVar
Union = typing.Union
export = export
ignore = ignore
unused = unused
is_scripting = is_scripting
BroadcastingList1 = typing.List
BroadcastingList2 = typing.List
BroadcastingList3 = typing.List
BroadcastingList4 = typing.List
BroadcastingList5 = typing.List
BroadcastingList6 = typing.List


def boolean_dispatch(arg_name, arg_index, default, if_true, if_false, module_name, func_name):
    def function(*args, **kwargs):
        chosen = kwargs.get(arg_name, args[arg_index] if arg_index < len(args) else default)
        return if_true(*args, **kwargs) if chosen else if_false(*args, **kwargs)
    return function


def _overload(func):
    return func


def _overload_method(func):
    return func


def _copy_to_script_wrapper(fn):
    return fn
