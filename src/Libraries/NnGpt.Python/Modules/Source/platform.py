"""A machine without particulars."""


def system():
    return "Linux"


def machine():
    return "x86_64"


def node():
    return ""


def release():
    return ""


def processor():
    return ""


def python_version():
    return "3.12.0"


def python_implementation():
    return "CPython"


def platform(aliased=False, terse=False):
    return "Linux"
