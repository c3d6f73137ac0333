"""Reductions by the numbers that operators take."""


def get_enum(reduction):
    known = {'none': 0, 'mean': 1, 'elementwise_mean': 1, 'sum': 2}
    if reduction not in known:
        raise ValueError("{} is not a valid value for reduction".format(reduction))
    return known[reduction]


def legacy_get_string(size_average, reduce, emit_warning=True):
    size_average = True if size_average is None else size_average
    reduce = True if reduce is None else reduce
    return ('mean' if size_average else 'sum') if reduce else 'none'


def legacy_get_enum(size_average, reduce, emit_warning=True):
    return get_enum(legacy_get_string(size_average, reduce, emit_warning))
