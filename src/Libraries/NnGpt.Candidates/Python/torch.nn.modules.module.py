"""Helpers beside Module."""


def _addindent(s_, numSpaces):
    first, *rest = s_.split('\n')
    return '\n'.join([first] + [numSpaces * ' ' + line for line in rest])
