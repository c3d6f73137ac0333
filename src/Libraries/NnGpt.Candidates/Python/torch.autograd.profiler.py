"""Profiling, which records nothing here."""
from contextlib import ContextDecorator


class record_function(ContextDecorator):
    def __init__(self, name, args=None):
        self.name, self.args = name, args

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


class profile:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def step(self):
        pass

    def key_averages(self, *args, **kwargs):
        return self

    def table(self, *args, **kwargs):
        return ''


emit_nvtx = profile
emit_itt = profile
