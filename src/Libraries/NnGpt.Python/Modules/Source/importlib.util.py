"""What may be asked of a module before it is imported."""
from importlib import util as _util

find_spec = _util.find_spec
