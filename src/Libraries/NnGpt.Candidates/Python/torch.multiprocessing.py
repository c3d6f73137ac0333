"""Processes, of which there is one."""


def _refuse(*args, **kwargs):
    raise PermissionError(1, 'Operation not permitted: candidates have no processes')


Process = _refuse
Pool = _refuse
spawn = _refuse
Queue = _refuse


def cpu_count():
    return 1


def set_start_method(method, force=False):
    pass


def get_start_method(allow_none=False):
    return 'fork'


def set_sharing_strategy(new_strategy):
    pass
