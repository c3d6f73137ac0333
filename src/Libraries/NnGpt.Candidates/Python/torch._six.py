"""What is left of the bridge to Python 2."""
import math

inf = math.inf
nan = math.nan
string_classes = (str, bytes)
