"""Choices, drawn from random: candidate code is deterministic."""
import random as _random

_source = _random.Random(0)
choice = _source.choice
randbits = _source.getrandbits


def randbelow(exclusive_upper_bound):
    return _source.randrange(exclusive_upper_bound)


def token_hex(nbytes=32):
    return "%0*x" % (2 * nbytes, _source.getrandbits(8 * nbytes)) if nbytes else ""
