"""Modules over several devices: there is one."""
from torch.nn import DataParallel as _DataParallel

DataParallel = _DataParallel


class DistributedDataParallel:
    def __init__(self, module, *args, **kwargs):
        raise RuntimeError("Default process group has not been initialized, please make sure to call init_process_group.")
