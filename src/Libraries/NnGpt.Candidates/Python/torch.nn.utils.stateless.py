"""A module called with other parameters."""


def _swap(module, values):
    replaced = {}
    for name, value in values.items():
        path, _, last = name.rpartition('.')
        owner = module.get_submodule(path) if path else module
        table = owner._parameters if last in owner._parameters else owner._buffers
        if last not in table:
            raise AttributeError("'{}' object has no attribute '{}'".format(type(owner).__name__, last))
        replaced[name] = table[last]
        table[last] = value
    return replaced


def functional_call(module, parameters_and_buffers, args, kwargs=None):
    replaced = _swap(module, parameters_and_buffers)
    try:
        return module(*args, **(kwargs or {})) if isinstance(args, tuple) else module(args, **(kwargs or {}))
    finally:
        _swap(module, replaced)
